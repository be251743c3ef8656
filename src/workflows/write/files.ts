import type { WorkflowKind } from "../../config/schema/workflows.ts";
import { editionOf } from "../../release/edition.ts";
import { branchSample, releaseSample } from "../../release/sample-runs.ts";
import { failure } from "../../words/error.ts";
import { buildPushWorkflow } from "./build-push.ts";
import { importsOf, secretsOfBuild } from "./imports.ts";
import type { WorkflowMaterial } from "./material.ts";
import { pullRequestWorkflow } from "./pull-request.ts";
import { releaseWorkflow } from "./release.ts";
import { syncWorkflow } from "./sync.ts";
import { type Workflow, workflowText } from "./workflow-text.ts";

interface Kind {
  /** Its name in `.github/workflows`. */
  readonly name: string;
  readonly make: (material: WorkflowMaterial) => Workflow;
  /** What the configuration lacks for it; undefined where nothing. */
  readonly lack: (material: WorkflowMaterial) => string | undefined;
}

const KINDS: Readonly<Record<WorkflowKind, Kind>> = {
  release: { name: "release.yml", make: releaseWorkflow, lack: lackOfRelease },
  sync: {
    name: "sync-docker-acr.yml",
    make: syncWorkflow,
    lack: ({ config }) => (config.rules.length > 0 ? undefined : "mirrors"),
  },
  "build-push": { name: "build-push.yml", make: buildPushWorkflow, lack: lackOfBuildPush },
  pr: { name: "ci-pr.yml", make: pullRequestWorkflow, lack: lackOfPullRequest },
};

/** The names that files of Slipway's have, written or not. */
export const WORKFLOW_NAMES: readonly string[] = Object.values(KINDS).map(({ name }) => name);

/** A workflow as the configuration wants it, without what people have added. */
export interface WorkflowFile {
  /** `release.yml` */
  readonly name: string;
  readonly text: string;
}

/**
 * The workflows that a configuration gives a reason for, or those that it names.
 * @throws WORKFLOWS_SLIPWAY_MISSING; WORKFLOW_LACKS for one that is named and cannot be; WORKFLOWS_NONE;
 *   WORKFLOW_VARIABLE_UNFIT
 */
export function workflowFiles(material: WorkflowMaterial): readonly WorkflowFile[] {
  const { write } = material.settings;
  const kinds = Object.entries(KINDS).filter(([kind, { name, lack }]) => {
    if (write !== undefined && !write.some((one) => one === kind)) return false;
    const lacking = lack(material);
    if (lacking !== undefined && write !== undefined) {
      throw failure("WORKFLOW_LACKS", { workflow: name, file: material.file, lacking });
    }
    return lacking === undefined;
  });
  if (kinds.length === 0) throw failure("WORKFLOWS_NONE", { file: material.file });
  return kinds.map(([, { name, make }]) => ({ name, text: workflowText(material.file, make(material)) }));
}

/** Mirrors alone need registries, too: that an image is made here is said by other keys. */
function lackOfImage({ config: { registries, publishing } }: WorkflowMaterial): string | undefined {
  const { build, source, tags, release } = publishing;
  if (![build, source, tags, release].some((one) => one !== undefined)) return "build, tags or release";
  return registries.some(({ image }) => image.includes("/")) ? undefined : "a registry with a repository";
}

function lackOfRelease(material: WorkflowMaterial): string | undefined {
  const { publishing } = material.config;
  const version = "1.2.3";
  const { fixed } = editionOf(publishing, releaseSample(version, publishing.release));
  const isVersioned = publishing.release !== undefined || fixed.some((tag) => tag.includes(version));
  return lackOfImage(material) ?? (isVersioned ? undefined : "release, or tags of versions");
}

function lackOfBuildPush(material: WorkflowMaterial): string | undefined {
  const branch = material.settings.buildPush.branches.find((one) => !/[*?+[!\\]/.test(one)) ?? "main";
  const { fixed, moving } = editionOf(material.config.publishing, branchSample(branch));
  return lackOfImage(material) ?? (fixed.length + moving.length > 0 ? undefined : "tags of branches");
}

function lackOfPullRequest(material: WorkflowMaterial): string | undefined {
  const lacking = lackOfImage(material);
  if (lacking !== undefined) return lacking;
  const secrets = secretsOfBuild(importsOf(material));
  return secrets.length === 0 ? undefined : `a build without secrets (${secrets.join(", ")})`;
}
