import assert from "node:assert/strict";
import { test } from "node:test";
import type { VariableUse } from "../../config/variables/variable-uses.ts";
import { namesLeftOpen } from "./left-open.ts";

const CASES: readonly (readonly [paths: readonly string[], standIn: string | undefined])[] = [
  [["registries.azure.image"], undefined],
  [["mirrors.to"], undefined],
  [["release.github"], undefined],
  [["contract"], undefined],
  [["build.platforms"], undefined],
  [["tags"], "X"],
  [["flavor"], "X"],
  [["labels.com.example.build"], "${X}"],
  [["build.args.NODE"], "${X}"],
  [["build.paths.added"], "${X}"],
  [["release.assets"], "${X}"],
  [["source.url"], "${X}"],
  [["labels.a", "tags"], "X"],
  [["labels.a", "registries.azure.image"], undefined],
  [[], undefined],
];

for (const [paths, standIn] of CASES) {
  test(`a variable at ${paths.join(" and ") || "no place"}: ${standIn ?? "its own value"}`, () => {
    const uses = paths.map(
      (path): VariableUse => ({ kind: "variable", name: "X", path, hasDefault: false, secret: false }),
    );
    assert.equal(namesLeftOpen(uses), standIn);
  });
}

test("a secret is left out wherever else it stands", () => {
  const use: VariableUse = {
    kind: "variable",
    name: "X",
    path: "registries.a.password",
    hasDefault: false,
    secret: true,
  };
  const standIn = namesLeftOpen([use, { ...use, path: "registries.a.image", secret: false }]);
  assert.ok(standIn !== undefined && !standIn.includes("X"));
});
