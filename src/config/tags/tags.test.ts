import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SlipwayError } from "../../words/error.ts";
import { Refusal } from "../refusal.ts";
import { type ImageSpec, parseImageSpec } from "./image-spec.ts";
import { parseTagPattern } from "./tag-pattern.ts";
import { parseVersionRange, versionOf } from "./version.ts";

const PATTERNS: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ["1.10", ["1.10"], ["1.1", "1x10"]],
  ["1.*", ["1.2", "1.2.3-rc1"], ["2.1", "11.0"]],
  ["*-rc?", ["1.0-rc1"], ["1.0-rc10", "1.0"]],
  ["{1,2}.[0-9]", ["1.5", "2.0"], ["3.0", "1.10"]],
  ["/^v1\\./", ["v1.2"], ["xv1.2", "v11"]],
  ["/rc/", ["1.0-rc1", "rc"], ["1.0"]],
  ["/(?i)ALPINE$/", ["3-alpine"], ["alpine-3"]],
];

for (const [pattern, yes, no] of PATTERNS) {
  test(`${pattern} means ${yes.join(", ")}`, () => {
    const means = parseTagPattern(pattern);
    assert.deepEqual([yes.filter(means), no.filter(means)], [yes, []]);
  });
}

for (const pattern of ["", "a b", "v1:2", "/(/", "/(?=a)/", "//", "a/b"]) {
  test(`${JSON.stringify(pattern)} is no pattern`, () => assert.throws(() => parseTagPattern(pattern), Refusal));
}

const VERSIONS: readonly (readonly [tag: string, version: string | undefined])[] = [
  ["1.36", "1.36.0"],
  ["v2", "2.0.0"],
  ["3.12.1-alpine", "3.12.1-alpine"],
  ["1.2.3-rc.1", "1.2.3-rc.1"],
  ["20240101", "20240101.0.0"],
  ["20240101123456789123", undefined],
  ["latest", undefined],
  ["sha-1234", undefined],
  ["1.2.3.4", undefined],
];

for (const [tag, version] of VERSIONS) {
  test(`${tag} is ${version ?? "no version"}`, () => assert.equal(versionOf(tag)?.version, version));
}

const RANGES: readonly (readonly [range: string, yes: readonly string[], no: readonly string[]])[] = [
  [">=1.0.0", ["1.0.0", "1.2", "v3"], ["0.9", "2.0.0-rc1"]],
  [">=1.0.0-0", ["2.0.0-rc1", "1.0.0"], ["0.9.0-rc1"]],
  [">= 3.12.0, < 4", ["3.12", "3.99"], ["4.0", "3.11"]],
  ["^1.2 || ^3", ["1.9", "3.0"], ["2.0", "3.1.0-rc1"]],
];

for (const [range, yes, no] of RANGES) {
  test(`${range} holds ${yes.join(", ")}`, () => {
    const inRange = parseVersionRange(range);
    const holds = (tag: string) => {
      const version = versionOf(tag);
      return version !== undefined && inRange(version);
    };
    assert.deepEqual([yes.filter(holds), no.filter(holds)], [yes, []]);
  });
}

test("what is no range is refused", () => assert.throws(() => parseVersionRange("newer than 1"), Refusal));

const hub = (repository: string) => ({ registry: "docker.io", repository });
const digest = `sha256:${"a".repeat(64)}` as const;
const SPECS: readonly (readonly [text: string, spec: ImageSpec])[] = [
  ["nginx", { repository: hub("library/nginx"), images: { kind: "all" } }],
  ["foo/bar:1.0", { repository: hub("foo/bar"), images: { kind: "tags", tags: ["1.0"] } }],
  ["nginx:v1,v2", { repository: hub("library/nginx"), images: { kind: "tags", tags: ["v1", "v2"] } }],
  ["localhost:5000/a", { repository: { registry: "localhost:5000", repository: "a" }, images: { kind: "all" } }],
  ["nginx:/^1\\.(2|3)$/", { repository: hub("library/nginx"), images: { kind: "pattern", pattern: "/^1\\.(2|3)$/" } }],
  [`nginx@${digest}`, { repository: hub("library/nginx"), images: { kind: "digest", digest } }],
  [`nginx:1@${digest}`, { repository: hub("library/nginx"), images: { kind: "digest", digest, tag: "1" } }],
];

for (const [text, spec] of SPECS) {
  test(`${text} is read`, () => assert.deepEqual(parseImageSpec(text), spec));
}

for (const text of [
  "",
  "nginx:",
  "nginx:a,,b",
  "nginx:/(/",
  "NGINX",
  "nginx@sha256:12",
  "nginx:a b",
  "http://x/y",
  "a@b",
]) {
  test(`${JSON.stringify(text)} is refused`, () => {
    assert.throws(
      () => parseImageSpec(text),
      (error) => error instanceof Refusal || error instanceof SlipwayError,
    );
  });
}

test("any text is an image or is refused", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aZ1:/@,.-_(*[") }), (text) => {
      try {
        parseImageSpec(text);
      } catch (error) {
        assert.ok(error instanceof Refusal || error instanceof SlipwayError, String(error));
      }
    }),
    { seed: 7, numRuns: 3000 },
  );
});
