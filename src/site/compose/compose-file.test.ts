import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import type { Answers } from "./answers.ts";
import { escaped } from "./capture.ts";
import { composeFile } from "./compose-file.ts";
import type { ComposeForm, FieldValues, TemplateNode } from "./form.ts";
import { answersOf, FORM, SOURCES } from "./in-test.ts";

function fileOf(answers: Answers, form: ComposeForm = FORM): string {
  const result = composeFile(form, answers, SOURCES);
  if (result.kind === "problems") assert.fail(JSON.stringify(result.problems));
  return result.text;
}

test("file: the usual answers", () => {
  assert.equal(
    fileOf(answersOf({})),
    `# Docker Compose 2.20+

services:
  app:
    image: team/app:1.2.3
    container_name: web
    restart: unless-stopped
    ports:
      - "45000:8080"
    environment:
      TZ: UTC
      PUID: "1000"
      DEBUG: "false"
      FORMAT: "{{.Name}} $\${x}"
    volumes:
      - type: bind
        source: /srv/work
        target: /work
      - data:/data
    healthcheck:
      test:
        - CMD
        - wget
        - -q
        - http://localhost:45000/health
      retries: 3
volumes:
  data:
`,
  );
});

test("file: with a database the other image is there, from the same source, and its volume", () => {
  const file = parse(fileOf(answersOf({ database: "postgres", password: "p" }, { source: "aliyun" })));
  assert.equal(file.services.app.image, "registry.example.cn/team/app:1.2.3");
  assert.equal(file.services.db.image, "registry.example.cn/team/postgres:17-alpine");
  assert.deepEqual(file.services.app.depends_on, ["db"]);
  assert.deepEqual(file.volumes, { db: null });
});

test("file: where a source has no other image, it comes from elsewhere", () => {
  const file = parse(fileOf(answersOf({ database: "postgres", password: "p" }, { source: "azure" })));
  assert.equal(file.services.db.image, "docker.io/library/postgres:17-alpine");
});

test("file: an image can be named by its digest", () => {
  const digest = `sha256:${"a".repeat(64)}`;
  const file = parse(fileOf(answersOf({}, { edition: { kind: "digest", digest } })));
  assert.equal(file.services.app.image, `team/app@${digest}`);
});

test("file: secrets go to .env where that is wanted, and nothing of them is left", () => {
  const answers = answersOf({ key: "k-canary", database: "postgres", password: "p-canary" }, { secrets: "env" });
  const result = composeFile(FORM, answers, SOURCES);
  assert.ok(result.kind === "file");
  assert.equal(result.env, "SECRET_KEY=k-canary\nSECRET_PASSWORD=p-canary\n");
  assert.ok(!result.text.includes("canary"));
  const { app, db } = parse(result.text).services;
  assert.equal(app.environment.API_KEY, "${SECRET_KEY:?}");
  assert.equal(app.environment.DATABASE, "postgres://app:${SECRET_PASSWORD:?}@db/app");
  assert.equal(db.environment.POSTGRES_PASSWORD, "${SECRET_PASSWORD:?}");
});

test("file: without a secret there is no .env", () => {
  const result = composeFile(FORM, answersOf({}, { secrets: "env" }), SOURCES);
  assert.ok(result.kind === "file" && result.env === undefined);
});

const REFUSED: readonly (readonly [what: string, answers: Answers, problems: readonly string[]])[] = [
  ["a source that is none", answersOf({}, { source: "quay" }), ["source source"]],
  ["a tag that is none", answersOf({}, { edition: { kind: "tag", tag: "a b" } }), ["tag tag"]],
  ["a digest that is none", answersOf({}, { edition: { kind: "digest", digest: "sha256:1" } }), ["digest digest"]],
  ["answers that do not hold", answersOf({ port: 0 }), ["port port"]],
  ["a secret that no .env can hold", answersOf({ key: "it's \\" }, { secrets: "env" }), ["key env"]],
  [
    "all of it",
    answersOf({ port: 0 }, { source: "quay", edition: { kind: "tag", tag: "" } }),
    ["source source", "tag tag", "port port"],
  ],
];
for (const [what, answers, problems] of REFUSED) {
  test(`file: ${what}: none is made, and why`, () => {
    const result = composeFile(FORM, answers, SOURCES);
    assert.ok(result.kind === "problems");
    const found = result.problems.map(({ field, key }) => `${field} ${key.replace("compose.problem.", "")}`);
    assert.deepEqual(found, problems);
  });
}

/** What stands in a text of the template, alone and within. */
const LITERALS: readonly (readonly [template: TemplateNode, made: string])[] = [
  ["no", '"no"'],
  ["on", '"on"'],
  ["22:22", '"22:22"'],
  ["1e3", '"1e3"'],
  ["0644", '"0644"'],
  ["0x1F", '"0x1F"'],
  ["1.10", '"1.10"'],
  ["2026-01-31", '"2026-01-31"'],
  ["~", '"~"'],
  ["=", '"="'],
  ["<<", '"<<"'],
  ["null", '"null"'],
  ["", '""'],
  [" padded ", '" padded "'],
  ["a\nb", '"a\\nb"'],
  ["a # b", '"a # b"'],
  ["key: value", '"key: value"'],
  ["it's", '"it\'s"'],
  [8080, "8080"],
  [0.5, "0.5"],
  [true, "true"],
  [null, ""],
];
for (const [node, made] of LITERALS) {
  test(`file: ${JSON.stringify(node)} in the template is written ${made || "as nothing"}`, () => {
    const template = { services: { app: { image: "{{image}}", x: node } } };
    const text = fileOf(answersOf({}), { ...FORM, fields: [], template });
    assert.match(text, new RegExp(`^    x:${made === "" ? "" : ` ${escaped(made)}`}$`, "m"));
  });
}

test("file: what is left of a list or mapping of which nothing is left is nothing; what is written empty stays", () => {
  const template = {
    services: {
      app: {
        image: "{{image}}",
        command: ["{{note}}"],
        labels: { note: "{{note}}" },
        deploy: { resources: { limits: { memory: "{{note}}" } } },
        tmpfs: [],
        networks: {},
        note: "{{note}} and more",
      },
    },
  };
  const file = parse(fileOf(answersOf({}), { ...FORM, template }));
  assert.deepEqual(file.services.app, { image: "team/app:1.2.3", tmpfs: [], networks: {} });
});

test("file: of alternatives the first that is there", () => {
  const shell = (values: FieldValues) => parse(fileOf(answersOf(values))).services.app.environment.SHELL;
  assert.equal(shell({}), undefined);
  assert.equal(shell({ restart: "always" }), "sh");
  assert.equal(shell({ restart: "always", key: "k" }), "bash");
  assert.equal(shell({ restart: "no", key: "k", system: "windows" }), "pwsh");
});

test("file: a text that is one field keeps the field's type outside of environment and labels", () => {
  const template = {
    services: {
      app: {
        image: "{{image}}",
        port: "{{port}}",
        tty: "{{proxied}}",
        environment: { P: "{{port}}", D: "{{proxied}}", N: null },
      },
    },
  };
  const file = parse(fileOf(answersOf({}), { ...FORM, template }));
  assert.deepEqual(file.services.app, {
    image: "team/app:1.2.3",
    port: 45_000,
    tty: false,
    environment: { P: "45000", D: "false", N: null },
  });
});

/** Signs that mean something to YAML, to Compose or to a shell, among others. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..."$\"\\:#'`{}[]&*!|>%@-?, \n\t=~0179yn.é中😀\u00a0"),
    fc.constantFrom("$$", "${A}", ": ", " #", "---", "no"),
  ),
  minLength: 1,
  maxLength: 24,
});

test("file: any value is what a reader of either version of YAML gets, once Compose has taken its dollar signs", () => {
  fc.assert(
    fc.property(hostile, hostile, (note, key) => {
      const text = fileOf(answersOf({ note, key }));
      for (const version of ["1.1", "1.2"] as const) {
        const { environment } = parse(text, { version }).services.app;
        assert.equal(environment.NOTE.replaceAll("$$", "$"), note);
        assert.equal(environment.API_KEY.replaceAll("$$", "$"), key);
        assert.ok(!/(?<!\$)(?:\$\$)*\$(?!\$)/.test(environment.NOTE), "every dollar sign is doubled");
      }
    }),
    { seed: 11, numRuns: 250 },
  );
});

test("file: the same answers are the same bytes, in whatever order they were given", () => {
  const values: FieldValues = { note: "x", zone: "Asia/Shanghai", port: 1234, key: "k" };
  const turned = Object.fromEntries(Object.entries(values).toReversed());
  assert.equal(fileOf(answersOf(values)), fileOf(answersOf(turned)));
});
