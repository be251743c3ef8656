import assert from "node:assert/strict";
import { test } from "node:test";
import { keepsPullRequestsOut } from "./condition.ts";

const CONDITIONS: readonly (readonly [condition: string | undefined, keepsOut: boolean])[] = [
  [undefined, false],
  ["github.event_name != 'pull_request'", true],
  ["${{ github.event_name != 'pull_request' }}", true],
  ["github.event_name == 'push' && success()", true],
  ["github.event_name == 'push' || github.event_name == 'workflow_dispatch'", true],
  ["github.event_name == 'push' || always()", false],
  ["(github.event_name == 'push' || inputs.a) && github.actor != 'b'", false],
  ["(inputs.a || inputs.b) && startsWith(github.ref, 'refs/tags/')", true],
  ["github.event_name == 'pull_request'", false],
  ["github.actor == 'x || y' && github.ref == 'refs/heads/main'", true],
  ["startsWith(github.ref, 'refs/pull/')", false],
  ["((github.event_name != 'pull_request'))", true],
  ["(unclosed && (", false],
];

for (const [condition, expected] of CONDITIONS) {
  test(`${condition} keeps pull requests ${expected ? "out" : "in"}`, () => {
    assert.equal(keepsPullRequestsOut(condition), expected);
  });
}
