import assert from "node:assert/strict";
import { test } from "node:test";
import { FORM, SOURCES } from "./in-test.ts";
import { switchSource } from "./switch-source.ts";

const OPTIONS = { sources: SOURCES, images: FORM.images };

/** A file as somebody wrote it, with every spelling that images come in. */
const OLD = `# mine
version: '3.8'   # old

x-common: &common
    image: &img "team/app:1.2"   # ours
    environment: [ "IMAGE=team/app:1.2" ]

services:
  one: { <<: *common, restart: no }
  two:
    image:   docker.io/team/app
    labels:
      image: team/app:kept
  three:
    image: 'index.docker.io/team/app:\${TAG:-latest}'
  four:
    image: >-
      team/app@sha256:${"0".repeat(64)}
  five: {image: *img}
  six:
    image: "t\\u0065am/app:9"
  db:
    image: postgres:15   # a version of their own
  other:
    image: team/app-tools:1
  build: .
`;

test("switch: every image of a known source moves, in the same edition; the rest stays to the last blank", () => {
  const result = switchSource(OLD, "aliyun", OPTIONS);
  assert.ok(result.kind === "file");
  assert.equal(
    result.text,
    OLD.replace('"team/app:1.2"   # ours', '"registry.example.cn/team/app:1.2"   # ours')
      .replace("docker.io/team/app\n", "registry.example.cn/team/app\n")
      .replace("index.docker.io/team/app:", "registry.example.cn/team/app:")
      .replace("      team/app@", "      registry.example.cn/team/app@")
      .replace('"t\\u0065am/app:9"', '"registry.example.cn/team/app:9"')
      .replace("postgres:15 ", "registry.example.cn/team/postgres:15 "),
  );
  assert.deepEqual(result.kept, ["team/app-tools:1"]);
  assert.deepEqual(
    result.switched.map(({ from, to }) => `${from} → ${to}`),
    [
      "team/app:1.2 → registry.example.cn/team/app:1.2",
      "docker.io/team/app → registry.example.cn/team/app",
      "index.docker.io/team/app:${TAG:-latest} → registry.example.cn/team/app:${TAG:-latest}",
      `team/app@sha256:${"0".repeat(64)} → registry.example.cn/team/app@sha256:${"0".repeat(64)}`,
      "team/app:9 → registry.example.cn/team/app:9",
      "postgres:15 → registry.example.cn/team/postgres:15",
    ],
  );
});

test("switch: there and back is the first file again, where images were written as the source has them", () => {
  const text = "services:\n  a: {image: team/app:1}\n  b:\n    image: docker.io/library/postgres:17\n";
  const there = switchSource(text, "aliyun", OPTIONS);
  assert.ok(there.kind === "file");
  const back = switchSource(there.text, "docker-hub", OPTIONS);
  assert.ok(back.kind === "file");
  assert.equal(back.text, text);
});

test("switch: what is there already stays, however it is spelt", () => {
  const text = "services:\n  a:\n    image: docker.io/team/app:1\n";
  assert.deepEqual(switchSource(text, "docker-hub", OPTIONS), {
    kind: "file",
    text,
    switched: [],
    there: ["docker.io/team/app:1"],
    kept: [],
  });
});

test("switch: an address that a source stands in place of is known, too", () => {
  const sources = [{ id: "new", image: "new.example/app", replaces: [{ image: "old.example:5000/app" }] }];
  const result = switchSource("services:\n  a:\n    image: old.example:5000/app:2\n", "new", { sources });
  assert.ok(result.kind === "file");
  assert.equal(result.text, "services:\n  a:\n    image: new.example/app:2\n");
});

const REFUSED: readonly (readonly [what: string, text: string, problem: string, facts: object])[] = [
  ["nothing", " \n", "file.empty", {}],
  ["no YAML", "services:\n\tx: 1\n", "file", { line: 2 }],
  ["a key twice", "services:\n  a: 1\n  a: 2\n", "file", { line: 3 }],
  ["two documents", "services: {}\n---\nservices: {}\n", "file", { line: 2 }],
  ["no compose file", "a: 1\n", "file.services", {}],
  ["a list", "- a\n", "file.services", {}],
  ["brackets without end", `services: ${"[".repeat(50_000)}`, "file", { line: 1 }],
  ["a megabyte", `services: {}\n${"#".repeat(1_000_000)}`, "file", { line: 1 }],
];
for (const [what, text, key, facts] of REFUSED) {
  test(`switch: ${what} is explained`, () => {
    const result = switchSource(text, "aliyun", OPTIONS);
    assert.ok(result.kind === "problems");
    const [problem] = result.problems;
    assert.equal(problem?.key, `compose.problem.${key}`);
    const { reason: _, ...told } = problem?.facts ?? {};
    assert.deepEqual(told, facts);
  });
}

test("switch: to a source that is none", () => {
  const result = switchSource(OLD, "quay", OPTIONS);
  assert.deepEqual(result, {
    kind: "problems",
    problems: [{ field: "source", key: "compose.problem.source", facts: { source: "quay" } }],
  });
});
