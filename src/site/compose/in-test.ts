import type { Answers, ImageSource } from "./answers.ts";
import type { ComposeForm, Field, FieldValues } from "./form.ts";

const both = (text: string) => ({ en: text, "zh-CN": `${text}（中）` });

const base = (id: string) => ({ id, label: both(id), required: false });

const FIELDS: readonly Field[] = [
  {
    ...base("name"),
    type: "text",
    default: "web",
    required: true,
    pattern: "[a-z0-9][a-z0-9_.-]*",
    message: both("a name"),
  },
  { ...base("port"), type: "port", default: 45_000, required: true },
  {
    ...base("system"),
    type: "choice",
    default: "linux",
    options: ["linux", "windows"].map((value) => ({ value, label: both(value) })),
  },
  { ...base("user"), type: "number", default: 1000, min: 0, max: 60_000, required: true, when: { system: "linux" } },
  { ...base("folder"), type: "path", default: "/srv/work", absolute: true, required: true },
  { ...base("zone"), type: "text", default: "UTC", maxLength: 40 },
  { ...base("note"), type: "text" },
  { ...base("key"), type: "secret" },
  {
    ...base("database"),
    type: "choice",
    default: "sqlite",
    options: ["sqlite", "postgres"].map((value) => ({ value, label: both(value) })),
  },
  { ...base("password"), type: "secret", generate: 24, required: true, when: { database: "postgres" } },
  { ...base("proxied"), type: "toggle", default: false },
  { ...base("proxy"), type: "text", required: true, when: { proxied: true } },
  {
    ...base("restart"),
    type: "choice",
    default: "unless-stopped",
    options: [
      { value: "no", label: both("no") },
      { value: "unless-stopped", label: both("unless stopped") },
      { value: "always", label: both("always"), when: { system: "linux" } },
    ],
  },
];

/** A form with a field of each type, conditions of each kind, and a template that uses all of it. */
export const FORM: ComposeForm = {
  file: "docker-compose.yml",
  minimum: "2.20",
  groups: [],
  fields: FIELDS,
  images: {
    postgres: {
      default: "docker.io/library/postgres:17-alpine",
      aliyun: "registry.example.cn/team/postgres:17-alpine",
    },
  },
  template: {
    services: {
      app: {
        image: "{{image}}",
        container_name: "{{name}}",
        restart: "{{restart}}",
        ports: ["{{port}}:8080"],
        environment: {
          TZ: "{{zone}}",
          NOTE: "{{note}}",
          API_KEY: "{{key}}",
          PUID: "{{user}}",
          DEBUG: false,
          FORMAT: "{{.Name}} $${x}",
          HTTPS_PROXY: "{{proxy}}",
          SHELL: {
            $if: { restart: ["no", "always"] },
            $first: [
              { $if: { system: "windows" }, $value: "pwsh" },
              { $if: { key: { set: true } }, $value: "bash" },
              "sh",
            ],
          },
          DATABASE: {
            $if: { database: "postgres" },
            $value: "postgres://app:{{password}}@db/app",
          },
        },
        volumes: [
          { type: "bind", source: "{{folder}}", target: "/work" },
          { $if: { database: "sqlite" }, $value: "data:/data" },
        ],
        healthcheck: { test: ["CMD", "wget", "-q", "http://localhost:{{port}}/health"], retries: 3 },
        labels: { $if: { key: { set: true } }, keyed: "yes" },
        depends_on: [{ $if: { database: "postgres" }, $value: "db" }],
      },
      db: {
        $if: { database: "postgres" },
        image: "{{image.postgres}}",
        environment: { POSTGRES_PASSWORD: "{{password}}", POSTGRES_USER: "app" },
        volumes: ["db:/var/lib/postgresql/data"],
      },
    },
    volumes: {
      data: { $if: { database: "sqlite" }, $value: null },
      db: { $if: { database: "postgres" }, $value: null },
    },
  },
};

export const SOURCES: readonly ImageSource[] = [
  { id: "docker-hub", image: "team/app" },
  { id: "aliyun", image: "registry.example.cn/team/app" },
  { id: "azure", image: "team.azurecr.io:443/app" },
];

/** Answers of somebody who changed these alone. */
export function answersOf(values: FieldValues, others: Partial<Answers> = {}): Answers {
  return { source: "docker-hub", edition: { kind: "tag", tag: "1.2.3" }, secrets: "file", ...others, values };
}
