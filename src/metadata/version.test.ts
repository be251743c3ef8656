import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalVersion, compareVersions, newestOf, readAs } from "./version.ts";

const CANONICAL: readonly (readonly [text: string, canonical: string])[] = [
  ["1.2.3", "1.2.3"],
  ["v1.2.3", "1.2.3"],
  ["2.0.0-rc.1", "2.0.0-rc.1"],
  ["v1.0.0-RC1+build.7", "1.0.0-RC1+build.7"],
  ["1.2.3-1", "1.2.3-1"],
  ["1.2", "1.2"],
  ["v1.2rc1", "1.2rc1"],
  ["1.2.3beta2", "1.2.3b2"],
  ["2024.01.10", "2024.1.10"],
];

for (const [text, canonical] of CANONICAL) {
  test(`${text} is the version ${canonical}, and stays that`, () => {
    assert.equal(canonicalVersion(text), canonical);
    assert.equal(canonicalVersion(canonical), canonical);
  });
}

for (const text of [
  "",
  "1",
  "v1",
  "20240110",
  "latest",
  "main",
  "vv1.2.3",
  "=1.2.3",
  " 1.2.3",
  "1.2.3 ",
  "1.2.x",
  "1.2.3\n",
]) {
  test(`${JSON.stringify(text)} is no version`, () => {
    assert.throws(() => canonicalVersion(text), { code: "VERSION_INVALID", facts: { text } });
  });
}

const ORDERED: Readonly<Record<"semver" | "pep440", readonly string[]>> = {
  semver: ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.2.0", "1.10.0", "2.0.0"],
  pep440: ["1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0.post1", "1.2", "1.10", "1!0.1"],
};

for (const scheme of ["semver", "pep440"] as const) {
  test(`versions are in the order of ${scheme}`, () => {
    const versions = ORDERED[scheme].flatMap((text) => readAs(scheme, text) ?? []);
    const sorted = versions.toReversed().sort(compareVersions);
    assert.deepEqual(
      sorted.map(({ canonical }) => canonical),
      ORDERED[scheme],
    );
  });
}

for (const [texts, newest] of [
  [[], undefined],
  [["nightly"], undefined],
  [["1.2.3", "v1.10.0", "1.9.0"], "1.10.0"],
  [["1.2.3-rc.1", "1.2.3"], "1.2.3"],
  [["1.2rc1", "1.1"], "1.2rc1"],
] as const) {
  test(`the newest of ${texts.join(", ") || "none"} is ${newest}`, () => {
    assert.equal(newestOf(texts), newest);
  });
}
