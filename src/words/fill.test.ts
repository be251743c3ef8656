import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fill, slotsOf } from "./fill.ts";

const cases: readonly (readonly [string, Readonly<Record<string, string | number>>, string])[] = [
  ["nothing to fill", {}, "nothing to fill"],
  ["{host} said {status}", { host: "ghcr.io", status: 404 }, "ghcr.io said 404"],
  ["{host} and {host}", { host: "ghcr.io" }, "ghcr.io and ghcr.io"],
  ["{unknown} stays", { host: "ghcr.io" }, "{unknown} stays"],
  ["{ not a slot }", { not: "x" }, "{ not a slot }"],
  ["{zero}", { zero: 0 }, "0"],
  ["{empty}", { empty: "" }, ""],
  ["{dollar}", { dollar: "$& $1" }, "$& $1"],
];

for (const [template, facts, expected] of cases) {
  test(`fill(${JSON.stringify(template)})`, () => {
    assert.equal(fill(template, facts), expected);
  });
}

test("a fact that looks like a slot is not filled again", () => {
  assert.equal(fill("{first}", { first: "{second}", second: "no" }), "{second}");
});

test("slots are found sorted and as often as they stand", () => {
  assert.deepEqual(slotsOf("{b} {a} {b} { c } {}"), ["a", "b", "b"]);
});

test("filled with facts for all its slots, a template of slots is the facts joined", () => {
  const facts = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string(), { noNullPrototype: true });
  fc.assert(
    fc.property(facts, (values) => {
      const names = Object.keys(values);
      assert.equal(fill(names.map((name) => `{${name}}`).join("|"), values), Object.values(values).join("|"));
    }),
    { seed: 1 },
  );
});
