import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Answers } from "./answers.ts";
import { problemsOf } from "./checks.ts";
import { composeFile } from "./compose-file.ts";
import type { FieldValues } from "./form.ts";
import { importFile } from "./import-file.ts";
import { answersOf, FORM, SOURCES } from "./in-test.ts";

function filesOf(answers: Answers) {
  const result = composeFile(FORM, answers, SOURCES);
  if (result.kind === "problems") assert.fail(JSON.stringify(result.problems));
  return result;
}

function imported(text: string, env?: string) {
  const result = importFile(FORM, text, { sources: SOURCES, ...(env !== undefined && { env }) });
  if (result.kind === "problems") assert.fail(JSON.stringify(result.problems));
  return result;
}

const text = fc.string({ unit: fc.constantFrom(..."$\"\\:#'{} \nab017yes~/中"), minLength: 1, maxLength: 10 });

/** Answers that hold, of every shape. */
const anyAnswers: fc.Arbitrary<Answers> = fc
  .record({
    values: fc.record({
      name: fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,8}$/),
      port: fc.integer({ min: 1, max: 65_535 }),
      system: fc.constantFrom("linux", "windows"),
      user: fc.integer({ min: 0, max: 60_000 }),
      folder: fc.constantFrom("/srv/work", "/中 文", "C:\\data", "/a:b", "/x'y\"z $HOME"),
      zone: fc.constantFrom("", "UTC", "Asia/Shanghai", "1.10", "0644", "true", "null", "~"),
      note: fc.oneof(fc.constant(""), text),
      key: fc.oneof(fc.constant(""), text),
      database: fc.constantFrom("sqlite", "postgres"),
      password: text.filter((one) => !one.includes("@")),
      proxied: fc.boolean(),
      proxy: text,
      restart: fc.constantFrom("no", "unless-stopped", "always"),
    }),
    source: fc.constantFrom(...SOURCES.map(({ id }) => id)),
    secrets: fc.constantFrom("file", "env"),
    edition: fc.constantFrom(
      { kind: "tag", tag: "1.2.3" } as const,
      { kind: "digest", digest: `sha256:${"f".repeat(64)}` } as const,
    ),
  })
  .filter(({ values }) => problemsOf(FORM, values).length === 0);

test("import: a file that was made gives the answers that it was made of, and the same file again", () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const made = composeFile(FORM, answers, SOURCES);
      if (made.kind === "problems") return; // a secret that no .env can hold
      const read = imported(made.text, made.env);
      assert.deepEqual(read.unread, []);
      const { source, edition } = read.answers;
      assert.deepEqual([source, edition], [answers.source, answers.edition]);
      assert.equal(read.answers.secrets, made.env === undefined ? "file" : "env");
      assert.deepEqual(filesOf({ ...answers, ...read.answers }), made);
      for (const [id, value] of Object.entries(read.answers.values)) assert.equal(value, answers.values[id], id);
    }),
    { seed: 29, numRuns: 120 },
  );
});

/** Files of others, or changed by hand: what is read, and what would be lost. */
const CHANGED: readonly (readonly [
  what: string,
  change: (text: string) => string,
  values: FieldValues,
  unread: readonly string[],
])[] = [
  ["an old version key", (file) => `version: "3.8"\n${file}`, {}, []],
  ["environment as a list", (file) => file.replace("TZ: UTC", "TZ: Asia/Tokyo"), { zone: "Asia/Tokyo" }, []],
  [
    "another order",
    (file) => `${file.slice(file.indexOf("volumes:\n  data"))}${file.slice(0, file.indexOf("volumes:\n  data"))}`,
    {},
    [],
  ],
  [
    "a key more",
    (file) => file.replace("    ports:", "    privileged: true\n    ports:"),
    {},
    ["services.app.privileged"],
  ],
  ["a service more", (file) => file.replace("services:", "services:\n  x:\n    image: y\n"), {}, ["services.x"]],
  [
    "a port more",
    (file) => file.replace('- "45000:8080"', '- "45000:8080"\n      - "9:9"'),
    {},
    ["services.app.ports[1]"],
  ],
  ["a variable more", (file) => file.replace("TZ: UTC", "TZ: UTC\n      X: y"), {}, ["services.app.environment.X"]],
  ["a port without its own", (file) => file.replace("45000:8080", "8080"), { port: 45_000 }, ["services.app.ports[0]"]],
  [
    "two ports for one field",
    (file) => file.replace("localhost:45000", "localhost:1"),
    { port: 45_000 },
    ["services.app.healthcheck.test[3]"],
  ],
  ["a zone that is left out", (file) => file.replace("      TZ: UTC\n", ""), { zone: "" }, []],
  ["a number as YAML's number", (file) => file.replace('PUID: "1000"', "PUID: 7"), { user: 7 }, []],
];
for (const [what, change, values, unread] of CHANGED) {
  test(`import: ${what}`, () => {
    const read = imported(change(filesOf(answersOf({})).text));
    const found = Object.fromEntries(Object.keys(values).map((id) => [id, read.answers.values[id]]));
    assert.deepEqual(found, values);
    assert.deepEqual(
      read.unread.map(({ facts }) => facts.path),
      unread,
    );
  });
}

test("import: environment as a list, labels as a list, image by another name of Docker Hub", () => {
  const read = imported(`
services:
  app:
    image: docker.io/team/app:2
    container_name: mine
    restart: always
    ports: ["1:8080"]
    environment:
      - TZ=UTC
      - API_KEY=a=b
      - DEBUG=false
      - PUID=5
      - FORMAT={{.Name}} $\${x}
    labels: [keyed=yes]
    volumes:
      - data:/data
      - { type: bind, source: /w, target: /work }
    healthcheck: { test: [CMD, wget, -q, "http://localhost:1/health"], retries: 3 }
volumes: { data: }
`);
  assert.deepEqual(read.unread, []);
  const { name, restart, port, key, user, folder } = read.answers.values;
  assert.deepEqual([name, restart, port, key, user, folder], ["mine", "always", 1, "a=b", 5, "/w"]);
  assert.deepEqual([read.answers.source, read.answers.edition], ["docker-hub", { kind: "tag", tag: "2" }]);
});

test("import: of a secret elsewhere only its absence is known; another field from a variable is named", () => {
  const { text: file } = filesOf(answersOf({ key: "k", note: "x" }, { secrets: "env" }));
  const read = imported(file.replace("NOTE: x", "NOTE: ${MY_NOTE}"));
  assert.equal(read.answers.secrets, "env");
  assert.ok(!("key" in read.answers.values) && !("note" in read.answers.values));
  assert.deepEqual(
    read.unread.map(({ field, key }) => [field, key]),
    [["note", "compose.problem.variable"]],
  );
});

test("import: an image of nobody is named, the rest is read", () => {
  const { text: file } = filesOf(answersOf({ port: 5 }));
  const read = imported(file.replace("team/app:1.2.3", "else/app:1.2.3"));
  assert.equal(read.answers.source, undefined);
  assert.equal(read.answers.values.port, 5);
  const [problem, ...others] = read.unread;
  assert.deepEqual([problem?.key, problem?.facts], ["compose.problem.image", { image: "else/app:1.2.3" }]);
  assert.deepEqual(others, []);
});

test("import: what is no compose file is explained, and alias bombs end", () => {
  for (const broken of ["", "a: [", "x: 1", "services: {a: *nobody}"]) {
    assert.equal(importFile(FORM, broken, { sources: SOURCES }).kind, "problems", broken);
  }
  const lines = ["x0: &x0 [a, a, a, a, a, a, a, a, a]"];
  for (let level = 1; level < 9; level += 1) {
    lines.push(`x${level}: &x${level} [${Array.from({ length: 9 }, () => `*x${level - 1}`).join(", ")}]`);
  }
  assert.equal(importFile(FORM, `${lines.join("\n")}\nservices: {}\n`, { sources: SOURCES }).kind, "problems");
});

test("import: any text is read or explained", () => {
  const anything = fc.string({ unit: fc.constantFrom(..."services:\n  aimg{}[]&*'\"-!|>#?"), maxLength: 60 });
  fc.assert(
    fc.property(anything, (rest) => {
      const { kind } = importFile(FORM, `services:\n  app:\n    ${rest}`, { sources: SOURCES });
      assert.ok(kind === "answers" || kind === "problems");
    }),
    { seed: 13, numRuns: 500 },
  );
});
