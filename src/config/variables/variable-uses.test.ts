import assert from "node:assert/strict";
import { test } from "node:test";
import { readTree } from "../reading/read-tree.ts";
import { variableUses } from "./variable-uses.ts";

const CASES: readonly (readonly [yaml: string, uses: readonly string[]])[] = [
  ["a: plain", []],
  ["a: ${X}", ["X at a"]],
  ["a: { b: '${X}-${Y:-1}' }", ["X at a.b", "Y at a.b, default"]],
  ["a: ['${X}', { b: '${Y:?why}' }]", ["X at a", "Y at a.b"]],
  ["a: ${X:-${Y:-z}}", ["X at a, default", "Y at a, default"]],
  ["a: ${X:-${Y}}", ["X at a, default", "Y at a"]],
  ["a: $${X}", []],
  ["a: ^v1$", []],
  ["a: ${", []],
  ["r: { password: '${P}', username: '${U}' }", ["P at r.password, secret", "U at r.username"]],
  ["source: { azureBlob: '${S}' }", ["S at source.azureBlob, secret"]],
  ["r: { password: '${file:/run/p}' }", ["file /run/p at r.password, secret"]],
  ["notify: [{ slack: '${S}', name: '${N}' }]", ["S at notify.slack, secret", "N at notify.name"]],
  ["registries: { slack: { image: '${I}' } }", ["I at registries.slack.image"]],
  ["a: &x ${X}\nb: *x", ["X at a", "X at b"]],
];

for (const [text, expected] of CASES) {
  test(`${JSON.stringify(text)} takes ${expected.join("; ") || "nothing"}`, () => {
    const uses = variableUses(readTree({ file: "slipway.yaml", text }, { expected: "something" }));
    const said = uses.map(
      ({ kind, name, path, hasDefault, secret }) =>
        `${kind === "file" ? "file " : ""}${name} at ${path}${hasDefault ? ", default" : ""}${secret ? ", secret" : ""}`,
    );
    assert.deepEqual(said, expected);
  });
}
