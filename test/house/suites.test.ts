import assert from "node:assert/strict";
import { test } from "node:test";
import { SUITES, testFiles } from "../../scripts/support/suites.ts";
import { filesOf } from "./sources.ts";

test("every test file belongs to exactly one suite", () => {
  const inSuites = Object.values(SUITES).flatMap(testFiles);
  assert.deepEqual([...inSuites].sort(), filesOf("**/*.test.*"));
});
