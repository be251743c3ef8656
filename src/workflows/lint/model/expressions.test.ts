import assert from "node:assert/strict";
import { test } from "node:test";
import { contextsIn, secretsIn } from "./expressions.ts";

const EXPRESSIONS: readonly (readonly [expression: string, contexts: readonly string[], secrets: readonly string[]])[] =
  [
    ["github.event.issue.title", ["github.event.issue.title"], []],
    ["github['event']['issue'].title", ["github.event.issue.title"], []],
    ["github.event.commits[0].message", ["github.event.commits.*.message"], []],
    ["format('{0} secrets.A', github.sha)", ["github.sha"], []],
    ["secrets.TOKEN || secrets['OTHER']", ["secrets.TOKEN", "secrets.OTHER"], ["TOKEN", "OTHER"]],
    ["toJSON(secrets)", ["secrets"], ["*"]],
    ["needs.secrets.outputs.x", ["needs.secrets.outputs.x"], []],
    ["github.event_name == 'push' && true", ["github.event_name"], []],
    ["hashFiles('**/lock')", [], []],
  ];

for (const [expression, contexts, secrets] of EXPRESSIONS) {
  test(`what ${expression} reads`, () => {
    assert.deepEqual(contextsIn(expression), contexts);
    assert.deepEqual(secretsIn(expression), secrets);
  });
}
