import assert from "node:assert/strict";
import { test } from "node:test";
import { type ColorChoice, paintFor } from "./color.ts";

const cases: readonly [string, ColorChoice, NodeJS.ProcessEnv, boolean, boolean][] = [
  ["a terminal", "auto", {}, true, true],
  ["a pipe", "auto", {}, false, false],
  ["a dumb terminal", "auto", { TERM: "dumb" }, true, false],
  ["NO_COLOR", "auto", { NO_COLOR: "1" }, true, false],
  ["an empty NO_COLOR says nothing", "auto", { NO_COLOR: "" }, true, true],
  ["FORCE_COLOR", "auto", { FORCE_COLOR: "1" }, false, true],
  ["FORCE_COLOR=0", "auto", { FORCE_COLOR: "0" }, true, false],
  ["always", "always", { NO_COLOR: "1" }, false, true],
  ["never", "never", { FORCE_COLOR: "1" }, true, false],
];

for (const [name, choice, environment, isTTY, colored] of cases) {
  test(`color: ${name}`, () => {
    assert.equal(paintFor(choice, environment, { isTTY })("red", "x"), colored ? "\x1b[31mx\x1b[39m" : "x");
  });
}
