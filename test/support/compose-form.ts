import type { ComposeForm, Field } from "../../src/site/compose/form.ts";
import type { Localized } from "../../src/site/model.ts";

/** A text that is the same in both languages. */
export function same(text: string): Localized {
  return { en: text, "zh-CN": text };
}

/** A form with every type of field. */
export function sampleForm(): ComposeForm {
  return FORM;
}

const FIELDS: readonly Field[] = [
  {
    id: "httpPort",
    type: "port",
    label: { en: "HTTP port", "zh-CN": "HTTP 端口" },
    help: { en: "Where the pages are on this machine.", "zh-CN": "在本机上访问页面的端口。" },
    group: "server",
    default: 45_000,
    required: true,
  },
  {
    id: "containerName",
    type: "text",
    label: { en: "Container name", "zh-CN": "容器名称" },
    group: "server",
    default: "hagicode",
    pattern: "[a-zA-Z0-9][a-zA-Z0-9_.\\-]*",
    message: { en: "letters, digits, dots and dashes", "zh-CN": "只能使用字母、数字、点和连字符" },
    required: true,
  },
  {
    id: "os",
    type: "choice",
    label: { en: "Operating system of the host", "zh-CN": "宿主机操作系统" },
    group: "server",
    default: "linux",
    options: [
      { value: "linux", label: same("Linux") },
      { value: "windows", label: same("Windows") },
    ],
    required: true,
  },
  {
    id: "workFolder",
    type: "path",
    label: { en: "Work folder", "zh-CN": "工作目录" },
    placeholder: "/srv/hagicode",
    group: "server",
    absolute: true,
    required: true,
  },
  {
    id: "puid",
    type: "number",
    label: { en: "User id of the files", "zh-CN": "文件的用户 ID（PUID）" },
    group: "server",
    when: { os: "linux" },
    default: 1000,
    min: 0,
    max: 65_534,
    required: true,
  },
  {
    id: "timeZone",
    type: "choice",
    label: { en: "Time zone", "zh-CN": "时区" },
    group: "server",
    default: "Asia/Shanghai",
    options: ["Asia/Shanghai", "Asia/Tokyo", "Europe/Berlin", "UTC"].map((value) => ({ value, label: same(value) })),
    required: true,
  },
  {
    id: "apiKey",
    type: "secret",
    label: { en: "API key", "zh-CN": "API 密钥" },
    placeholder: "sk-…",
    group: "services",
    required: true,
  },
  {
    id: "database",
    type: "choice",
    label: { en: "Database", "zh-CN": "数据库" },
    group: "services",
    default: "sqlite",
    options: [
      { value: "sqlite", label: { en: "SQLite, built in", "zh-CN": "SQLite（内置）" } },
      { value: "postgres", label: { en: "PostgreSQL, its own container", "zh-CN": "PostgreSQL（独立容器）" } },
    ],
    required: true,
  },
  {
    id: "databasePassword",
    type: "secret",
    label: { en: "Password of the database", "zh-CN": "数据库密码" },
    group: "services",
    when: { database: "postgres" },
    generate: 24,
    required: true,
  },
  {
    id: "https",
    type: "toggle",
    label: { en: "HTTPS proxy", "zh-CN": "HTTPS 代理" },
    help: { en: "A container in front of it that speaks HTTPS.", "zh-CN": "在前面增加一个提供 HTTPS 的容器。" },
    group: "services",
    default: false,
    required: false,
  },
];

const FORM: ComposeForm = {
  file: "docker-compose.yml",
  minimum: "2.20",
  groups: [
    { id: "server", label: { en: "Server", "zh-CN": "服务" } },
    { id: "services", label: { en: "Keys and data", "zh-CN": "密钥与数据" } },
  ],
  fields: FIELDS,
  images: { postgres: { default: "postgres:17", aliyun: "registry.cn-hangzhou.aliyuncs.com/hagicode/postgres:17" } },
  template: {
    services: {
      hagicode: {
        image: "{{image}}",
        container_name: "{{containerName}}",
        restart: "unless-stopped",
        ports: ["{{httpPort}}:8080"],
        environment: {
          TZ: "{{timeZone}}",
          PUID: "{{puid}}",
          API_KEY: "{{apiKey}}",
          DB_PASSWORD: "{{databasePassword}}",
        },
        volumes: ["{{workFolder}}:/app/work"],
        healthcheck: { test: ["CMD", "curl", "-f", "http://localhost:8080/health"], interval: "30s", retries: 3 },
      },
      postgres: {
        $if: { database: "postgres" },
        image: "{{image.postgres}}",
        environment: { POSTGRES_PASSWORD: "{{databasePassword}}" },
        volumes: ["data:/var/lib/postgresql/data"],
      },
      proxy: { $if: { https: true }, image: "caddy:2", ports: ["443:443"] },
    },
    volumes: { $if: { database: "postgres" }, data: {} },
  },
};
