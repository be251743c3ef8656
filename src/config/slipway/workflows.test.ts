import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { problemsOf } from "../reading/problems.ts";
import { lookupIn } from "../variables/lookup.ts";
import { readConfig } from "./load-config.ts";
import { DEFAULT_WORKFLOWS, type WorkflowSettings } from "./workflows.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

function read(workflows: string): WorkflowSettings | undefined {
  const text = `version: 1\nworkflows: ${workflows}\n`;
  return readConfig({ file: "slipway.yaml", text }, lookupIn("/nowhere", {})).workflows;
}

const SETTINGS: readonly (readonly [written: string, settings: Partial<WorkflowSettings>])[] = [
  ["{}", {}],
  [`{ slipway: acme/slipway@${COMMIT} }`, { slipway: { action: "acme/slipway", commit: COMMIT } }],
  [
    `{ slipway: "acme/slipway@${COMMIT} # v1.2.3" }`,
    { slipway: { action: "acme/slipway", commit: COMMIT, version: "v1.2.3" } },
  ],
  [
    `{ slipway: acme/slipway@${COMMIT} 1.2.3 }`,
    { slipway: { action: "acme/slipway", commit: COMMIT, version: "1.2.3" } },
  ],
  ["{ release: { on: dispatch } }", { release: { byHand: true, minutes: 60 } }],
  ["{ release: { on: tag } }", { release: { trigger: { kind: "tag" }, byHand: false, minutes: 60 } }],
  [
    "{ release: { on: [dispatch, main], version: cat VERSION, token: T, minutes: 5 } }",
    {
      release: {
        trigger: { kind: "main", branch: "main", version: "cat VERSION" },
        byHand: true,
        token: "T",
        minutes: 5,
      },
    },
  ],
  [
    "{ release: { on: workflow_run, ci: CI, branch: trunk, version: cat VERSION } }",
    {
      release: {
        trigger: { kind: "workflow_run", ci: ["CI"], branch: "trunk", version: "cat VERSION" },
        byHand: false,
        minutes: 60,
      },
    },
  ],
  ["{ sync: { branches: [] } }", { sync: { cron: ["17 0 * * *"], branches: [], minutes: 120 } }],
  ["{ sync: { cron: 5 4 * * MON-FRI } }", { sync: { cron: ["5 4 * * MON-FRI"], branches: ["publish"], minutes: 120 } }],
  ["{ write: pr, vars: A, idToken: true }", { write: ["pr"], vars: ["A"], idToken: true }],
];
for (const [written, settings] of SETTINGS) {
  test(`workflows: ${written}`, () => {
    assert.deepEqual(read(written), { ...DEFAULT_WORKFLOWS, ...settings });
  });
}

test("nothing said is nothing read", () => {
  assert.equal(
    readConfig({ file: "slipway.yaml", text: "version: 1\n" }, lookupIn("/nowhere", {})).workflows,
    undefined,
  );
});

const REFUSED: readonly (readonly [written: string, key: string, reason: RegExp])[] = [
  ["{ slipway: acme/slipway@v1 }", "workflows.slipway", /^expected OWNER\/NAME@COMMIT/],
  [`{ slipway: acme/slipway@${COMMIT.toUpperCase()} }`, "workflows.slipway", /40 hex digits/],
  ["{ release: { on: [tag, main], version: x } }", "workflows.release.on", /^tag and main could both release/],
  ["{ release: { on: main } }", "workflows.release.on", /^main needs `version`/],
  ["{ release: { on: workflow_run, version: x } }", "workflows.release.on", /^workflow_run needs `ci`/],
  ["{ release: { on: main, version: x, ci: CI } }", "workflows.release.ci", /^it goes with `on: workflow_run`/],
  ["{ release: { version: x } }", "workflows.release.version", /^it goes with `on: main`/],
  ["{ release: { on: dispatch, branch: x } }", "workflows.release.branch", /^it goes with `on: main`/],
  ["{ release: { on: release } }", "workflows.release.on", /^expected one of tag, main, workflow_run, dispatch/],
  ["{ release: { on: main, version: 'a $${{ x }}' } }", "workflows.release.version", /^an expression of GitHub/],
  ['{ release: { on: main, version: "a\\nb" } }', "workflows.release.version", /^expected one line/],
  ["{ release: { token: a-b } }", "workflows.release.token", /^expected the name of a variable/],
  ["{ sync: { cron: hourly } }", "workflows.sync.cron", /^expected five fields/],
  ["{ environment: ' ' }", "workflows.environment", /^expected one line/],
  ["{ write: all }", "workflows.write", /^expected one of release, sync, build-push, pr/],
];
for (const [written, key, reason] of REFUSED) {
  test(`refused: workflows: ${written}`, () => {
    assert.throws(
      () => read(written),
      (thrown) => {
        assert.ok(thrown instanceof SlipwayError);
        const [problem, ...others] = problemsOf(thrown);
        assert.deepEqual(others, []);
        assert.equal(problem?.code, "CONFIG_VALUE_INVALID");
        assert.equal(problem?.facts.key, key);
        assert.match(String(problem?.facts.reason), reason);
        return true;
      },
    );
  });
}
