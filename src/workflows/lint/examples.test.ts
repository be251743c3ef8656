import assert from "node:assert/strict";
import { test } from "node:test";
import { lintText as lintWords } from "../../words/en/lint-text.ts";
import { contextOf, examplesOf } from "./fixtures.ts";
import { lintText } from "./lint-text.ts";
import { rules } from "./rules.ts";

for (const example of examplesOf()) {
  const { name, rule, bad, good } = example;
  const rulesOf = (text: string) => lintText(`${name}.yml`, text, contextOf(example)).map((finding) => finding.rule);

  test(`${name}: the bad example gives its rule and no other`, () => {
    assert.deepEqual([...new Set(rulesOf(bad))], [rule]);
  });
  test(`${name}: the good example gives nothing`, () => {
    assert.deepEqual(rulesOf(good), []);
  });
}

test("every rule has an example, but the one that needs what Slipway wrote", () => {
  const shown = new Set(examplesOf().map(({ rule }) => rule));
  const without = rules.map(({ name }) => name).filter((name) => !shown.has(name));
  assert.deepEqual(without, ["slipway-drift"]);
});

/** Said only of what no example holds: the tests of lintText and of the rules have them. */
const SAID_ELSEWHERE = ["lint.slipway-drift", "lint.suppression.nothing"];

test("every message is given by some example", () => {
  const given = new Set<string>(
    examplesOf().flatMap((example) => lintText("x.yml", example.bad, contextOf(example)).map(({ key }) => key)),
  );
  const messages = Object.keys(lintWords).filter((key) => !/\.(?:why|hint)$/.test(key));
  assert.deepEqual(
    messages.filter((key) => !given.has(key)),
    SAID_ELSEWHERE,
  );
});
