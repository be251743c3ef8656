import type { ReleaseTrigger } from "../../config/slipway/workflows.ts";
import { slotsIn } from "../../config/version-slots.ts";
import { DEFAULT_GIT_TAG } from "../../release/git-tag.ts";
import { dockerHubLogin } from "./docker-login.ts";
import { type Import, importsOf, publishingEnv, TOKEN } from "./imports.ts";
import { type Entry, flowList, type Lines, scalar } from "./lines.ts";
import type { WorkflowMaterial } from "./material.ts";
import { publishingPermissions } from "./permissions.ts";
import type { Step } from "./step.ts";
import { checkout, setUpBuilder, setUpSlipway, slipway } from "./steps.ts";
import type { Workflow } from "./workflow-text.ts";

/** The version that somebody has named; nothing where nobody has. */
const WANTED = `\${{ github.event.inputs.version }}`;

/**
 * `release.yml`: image everywhere, then the release. Never by `release: published`, when it would be too late.
 * @throws WORKFLOWS_SLIPWAY_MISSING, WORKFLOW_VARIABLE_UNFIT
 */
export function releaseWorkflow(material: WorkflowMaterial): Workflow {
  const { settings } = material;
  const { trigger, byHand, minutes } = settings.release;
  const imports = importsOf(material);
  const version = versionOf(trigger, byHand);
  return {
    title: "Release",
    on: [...triggerLines(material, trigger), ...(byHand ? dispatchLines(trigger) : [])],
    job: {
      id: "release",
      ...(trigger?.kind === "workflow_run" && { condition: guards(byHand) }),
      minutes,
      environment: settings.environment ?? "release",
      permissions: publishingPermissions(material, "release"),
      concurrency: { group: "release", cancels: false, why: "releases queue; none is stopped half way" },
      steps: [
        checkout(material, {
          ...(trigger?.kind === "workflow_run" && { ref: testedCommit(byHand) }),
          ...(version.steps.length > 0 && { history: "versions are often found by git tags" }),
        }),
        setUpSlipway(material),
        ...version.steps,
        ...dockerHubLogin(material, imports),
        ...setUpBuilder(material),
        {
          name: "Image, then release",
          ...(version.condition !== undefined && { condition: version.condition }),
          env: [...version.env, ...releaseEnv(material, imports)],
          run: slipway(material, "release"),
        },
      ],
    },
  };
}

function triggerLines({ config }: WorkflowMaterial, trigger: ReleaseTrigger | undefined): Lines {
  switch (trigger?.kind) {
    case undefined:
      return [];
    case "tag":
      return ["push:", `  tags: ${flowList([tagFilter(config.publishing.release?.tag ?? DEFAULT_GIT_TAG)])}`];
    case "main":
      return ["push:", `  branches: ${flowList([trigger.branch])}`];
    case "workflow_run":
      return [
        "workflow_run:",
        `  workflows: ${flowList(trigger.ci)}`,
        "  types: [completed]",
        `  branches: ${flowList([trigger.branch])}`,
      ];
  }
}

/**
 * What git tags of versions look like: `v{{version}}` → `v[0-9]*`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function tagFilter(template: string): string {
  const slots = slotsIn(template);
  const texts = template.split(/\{\{[^{}]*\}\}/).map((text) => text.replace(/[*?+[\]!\\]/g, "\\$&"));
  return texts.map((text, at) => (slots[at] === undefined ? text : `${text}[0-9]*`)).join("");
}

function dispatchLines(trigger: ReleaseTrigger | undefined): Lines {
  const isComputed = trigger !== undefined && trigger.kind !== "tag";
  const description = "The version to release, or to go on with";
  return [
    "workflow_dispatch:",
    "  inputs:",
    "    version:",
    `      description: ${scalar(isComputed ? `${description}; nothing means as after a push` : description)}`,
    `      required: ${!isComputed}`,
    "      type: string",
  ];
}

/**
 * A fork can make a run of the same name end well: its commits are none of ours.
 * https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
function guards(byHand: boolean): Lines {
  const [first, second, third] = [
    "github.event.workflow_run.conclusion == 'success'",
    "github.event.workflow_run.event == 'push'",
    "github.event.workflow_run.head_repository.full_name == github.repository",
  ];
  if (!byHand) return [`${first} &&`, `${second} &&`, third];
  return ["github.event_name == 'workflow_dispatch' ||", `(${first} &&`, `${second} &&`, `${third})`];
}

/** `github.sha` is the branch's newest commit, which need not be the one that was found good. */
function testedCommit(byHand: boolean): string {
  return byHand
    ? `\${{ github.event.workflow_run.head_sha || github.sha }}`
    : `\${{ github.event.workflow_run.head_sha }}`;
}

interface VersionParts {
  readonly steps: readonly Step[];
  readonly env: readonly Entry[];
  readonly condition?: string;
}

/** How the version is known: by the git tag, by who asks for it, by a command. */
function versionOf(trigger: ReleaseTrigger | undefined, byHand: boolean): VersionParts {
  const key = "SLIPWAY_VERSION";
  if (trigger === undefined) return { steps: [], env: [{ key, value: WANTED }] };
  if (trigger.kind === "tag") {
    const comment = "empty for a git tag, which names the version itself";
    return { steps: [], env: byHand ? [{ key, value: WANTED, comment }] : [] };
  }
  const { version } = trigger;
  const step: Step = {
    name: "Version",
    id: "version",
    ...(byHand && { env: [{ key: "WANTED", value: WANTED }] }),
    run: [
      byHand ? `version="\${WANTED:-$(${version})}"` : `version="$(${version})"`,
      'echo "version=$version" >> "$GITHUB_OUTPUT"',
    ],
  };
  return {
    steps: [step],
    env: [{ key, value: `\${{ steps.version.outputs.version }}` }],
    condition: "steps.version.outputs.version != ''",
  };
}

/** The token makes the release: the job's own, or one for another repository. */
function releaseEnv({ config, settings }: WorkflowMaterial, imports: readonly Import[]): readonly Entry[] {
  const env = publishingEnv(imports);
  if (config.publishing.release === undefined) return env;
  const { token } = settings.release;
  const value = token === undefined ? `\${{ github.token }}` : `\${{ secrets.${token} }}`;
  return [...env.filter(({ key }) => key !== TOKEN), { key: TOKEN, value }];
}
