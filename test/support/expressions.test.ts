import assert from "node:assert/strict";
import { test } from "node:test";
import { type Contexts, fill, holds } from "./expressions.ts";

const CONTEXTS: Contexts = {
  github: {
    sha: "abc",
    event_name: "workflow_run",
    repository: "acme/app",
    event: { number: 7, forced: false, workflow_run: { conclusion: "success", head_repository: null } },
  },
  secrets: { KEY: "canary" },
  vars: { EMPTY: "", HOST: "Hub.example" },
  inputs: { "node-version": "24" },
  steps: { version: { outputs: { version: "1.2.3" } } },
  status: "success",
};

/** By https://docs.github.com/en/actions/reference/workflows-and-actions/expressions */
const CONDITIONS: readonly (readonly [condition: string, holds: boolean, afterFailure?: boolean])[] = [
  ["github.sha == 'abc'", true],
  ["github.sha != 'abc'", false],
  ["${{ github.sha == 'abc' }}", true],
  ["vars.HOST == 'hub.EXAMPLE'", true],
  ["github.event.number == 7", true],
  ["github.event.number == '7'", true],
  ["github.event.forced == ''", true],
  ["github.event.nothing == ''", true],
  ["github.event.nothing == null", true],
  ["github.event.workflow_run.head_repository.full_name == github.repository", false],
  ["vars.HOST == true", false],
  ["github.event.forced", false],
  ["!github.event.forced", true],
  ["vars.EMPTY || vars.NONE || 'x'", true],
  ["vars.EMPTY && github.sha == 'abc'", false],
  // && binds tighter than ||
  ["github.sha == 'abc' || github.sha == 'x' && github.sha == 'y'", true],
  ["(github.sha == 'abc' || github.sha == 'x') && github.sha == 'y'", false],
  [
    "github.event_name == 'workflow_dispatch' ||\n  (github.event.workflow_run.conclusion == 'success' &&\n  true)",
    true,
  ],
  ["contains(vars.HOST, 'HUB')", true],
  ["startsWith(github.repository, 'acme/') && !endsWith(github.repository, 'x')", true],
  ["inputs.node-version != ''", true],
  ["'it''s' == 'it''s'", true],
  ["success()", true, false],
  ["failure()", false, true],
  ["always()", true, true],
  ["!cancelled()", true, true],
  ["always() && github.sha == 'x'", false, false],
  ["failure() || github.sha == 'abc'", true, true],
];

for (const [condition, expected, afterFailure = false] of CONDITIONS) {
  test(`${condition}: ${expected}`, () => {
    assert.equal(holds(condition, CONTEXTS), expected);
    assert.equal(holds(condition, { ...CONTEXTS, status: "failure" }), afterFailure);
  });
}

test("no condition is one that everything so far went well", () => {
  assert.equal(holds(undefined, CONTEXTS), true);
  assert.equal(holds(undefined, { ...CONTEXTS, status: "failure" }), false);
});

const TEXTS: readonly (readonly [text: string, filled: string])[] = [
  ["${{ vars.HOST }}/${{ github.repository }}", "Hub.example/acme/app"],
  ["${{vars.NONE || 'unset.invalid'}}", "unset.invalid"],
  ["${{ steps.version.outputs.version }}", "1.2.3"],
  ["${{ steps.version.outputs.other }}", ""],
  ["${{ github.event.inputs.version }}", ""],
  ["${{ github.event.workflow_run.head_sha || github.sha }}", "abc"],
  ["${{ github.event.number }} ${{ github.event.forced }}", "7 false"],
  ["${{ secrets.KEY }}", "canary"],
  ["plain", "plain"],
];

for (const [text, filled] of TEXTS) {
  test(`${text}: ${filled}`, () => assert.equal(fill(text, CONTEXTS), filled));
}

for (const text of [
  "${{ secrets.NONE }}",
  "${{ env.HOME }}",
  "${{ github.event }}",
  "${{ hashFiles('a') }}",
  "${{ (true }}",
  "${{ true true }}",
  "${{ 'a }}",
]) {
  test(`${text} is not understood`, () => assert.throws(() => fill(text, CONTEXTS), assert.AssertionError));
}
