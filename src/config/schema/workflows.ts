import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { parseActionPin } from "../slipway/action-pin.ts";
import { amount, checked, flag, mapping, oneOf, oneOrMore } from "./scalars.ts";

/** The files that can be written. */
export const WORKFLOW_KINDS = ["release", "sync", "build-push", "pr"] as const;
export type WorkflowKind = (typeof WORKFLOW_KINDS)[number];

/** What can begin a release. */
export const RELEASE_TRIGGERS = ["tag", "main", "workflow_run", "dispatch"] as const;

/** Text that becomes a value of a workflow: one line, and nothing that GitHub would fill in. */
const line = (check: (text: string) => unknown = () => undefined) =>
  checked((value) => {
    if (value.trim() === "" || /[\p{Cc}]/u.test(value)) throw new Refusal("expected one line of text");
    if (value.includes("${{")) throw new Refusal("an expression of GitHub has no place here");
    check(value);
  });

const cron = () =>
  line((value) => {
    if (!/^[\d*,/-]+(?: +[\dA-Z*,/-]+){4}$/i.test(value)) {
      throw new Refusal('expected five fields, such as "0 0 * * *"');
    }
  });

const variableName = () =>
  checked((value) => {
    if (!/^[A-Za-z_]\w*$/.test(value)) throw new Refusal("expected the name of a variable");
  });

/** One, several, or none: then no push begins it. */
const branches = () =>
  z.union([line().transform((one) => [one]), z.array(line())], { error: "expected a branch or a list of such" });

const minutes = (usual: number) =>
  amount(1).optional().describe(`So many minutes at most, then GitHub ends the job. Default ${usual}.`);

const releaseWorkflowSchema = mapping({
  on: oneOrMore(oneOf(RELEASE_TRIGGERS), "a trigger")
    .optional()
    .describe(
      "tag: a git tag of the release's form is pushed; main: the branch is; workflow_run: after `ci` has succeeded for a push to the branch; dispatch: by hand, with a version. One of the first three at most. Default tag, dispatch.",
    ),
  ci: oneOrMore(line(), "a workflow's name")
    .optional()
    .describe("workflow_run: the `name:` of the workflow that has to succeed, such as CI (main)."),
  branch: line().optional().describe("main, workflow_run: the branch that is released. Default main."),
  version: line()
    .optional()
    .describe(
      "main, workflow_run: a command that prints the version, such as ./.github/scripts/compute-version.sh. It runs in the checkout, by bash; where it prints nothing, there is nothing to release.",
    ),
  token: variableName()
    .optional()
    .describe(
      "The secret that GITHUB_TOKEN is for releases in another repository. Default: the job's own token, which may write here alone.",
    ),
  minutes: minutes(60),
});

const syncWorkflowSchema = mapping({
  cron: oneOrMore(cron(), "a schedule")
    .optional()
    .describe('When, in UTC. Default "17 0 * * *": GitHub is late at full hours.'),
  branches: branches().optional().describe("Branches whose pushes begin it, too; [] for none. Default publish."),
  minutes: minutes(120),
});

const buildPushWorkflowSchema = mapping({
  branches: branches().optional().describe("The branches. Default main."),
  minutes: minutes(60),
});

const pullRequestWorkflowSchema = mapping({
  branches: oneOrMore(line(), "a branch").optional().describe("The branches. Default main."),
  minutes: minutes(30),
});

/** `workflows:`. */
export const workflowsSchema = mapping({
  slipway: checked(parseActionPin)
    .optional()
    .describe(
      "Slipway's Action at the commit that you have looked at, with its version if you like: OWNER/slipway@COMMIT v1.2.3. Needed to write workflows.",
    ),
  write: oneOrMore(oneOf(WORKFLOW_KINDS), "a workflow")
    .optional()
    .describe(
      "Which are written: release (release.yml), sync (sync-docker-acr.yml), build-push (build-push.yml), pr (ci-pr.yml). Default: those that the rest of this file gives a reason for.",
    ),
  release: releaseWorkflowSchema.optional().describe("What begins a release, and how its version is known."),
  sync: syncWorkflowSchema.optional().describe("When mirrors are brought up to date."),
  buildPush: buildPushWorkflowSchema.optional().describe("Which branches' images are built and pushed."),
  pr: pullRequestWorkflowSchema.optional().describe("Pull requests to which branches are built, and pushed nowhere."),
  environment: line()
    .optional()
    .describe("The environment of jobs with secrets. Default: release, sync or build-push, each its own."),
  secrets: oneOrMore(variableName(), "a variable")
    .optional()
    .describe("Variables of this file that are secrets, besides user names, passwords and azureBlob."),
  vars: oneOrMore(variableName(), "a variable")
    .optional()
    .describe("Variables that are no secrets though a user name is made of them. All other variables are none anyway."),
  idToken: flag()
    .optional()
    .describe(
      "true: jobs that publish may ask GitHub for an OIDC token, for a step of your own that logs in with it. Default false.",
    ),
});
