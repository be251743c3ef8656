import { dirname, join, relative } from "node:path";
import { schemaComment } from "../../config/schema/json-schema.ts";
import type { OpenConfig } from "../../config/slipway/load-open.ts";
import { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { compareWorkflows } from "../../workflows/write/compare.ts";
import { WORKFLOW_NAMES, workflowFiles } from "../../workflows/write/files.ts";
import { workflowMaterial } from "../../workflows/write/material.ts";
import { ownVersions } from "../workflows/own-versions.ts";
import { readWorkflows, workflowPlace } from "../workflows/workflow-folder.ts";
import { configText } from "./config-text.ts";
import { envExample } from "./env-example.ts";
import { ownFile, type PlannedFile, withMissing } from "./files.ts";
import { openConfig } from "./open-config.ts";
import type { Proposal } from "./proposal.ts";

/** Where builds leave what they make, and what holds secrets: neither belongs into git. */
const NOT_FOR_GIT = [".slipway/", ".env"];
/** Neither is for the builder, which is sent the whole folder. */
const NOT_FOR_BUILDS = [".slipway", ".env"];

export interface FilePlan {
  /** In the order in which they are written, the configuration last: a run that is cut short can be run again. */
  readonly files: readonly PlannedFile[];
  /** Why there are no workflows, where some were wanted. */
  readonly withoutWorkflows?: SlipwayError;
}

/**
 * The files that a proposal becomes.
 * @param file of the configuration: an absolute path
 * @throws CONFIG_* where the configuration would not be valid
 */
export function planFiles(file: string, proposal: Proposal, force: boolean, words: Words): FilePlan {
  const folder = dirname(file);
  const text = configText(proposal, schemaComment(folder), words);
  const opened = openConfig({ file, text });
  const context = proposal.build?.context ?? ".";
  const own = [
    withMissing(folder, ".gitignore", NOT_FOR_GIT),
    ...(proposal.tags.length > 0 && context === "." ? [withMissing(folder, ".dockerignore", NOT_FOR_BUILDS)] : []),
    ownFile(folder, ".env.example", envExample({ file, text }, words), force),
  ];
  const config = ownFile(folder, relative(folder, file), text, force);
  if (proposal.action === undefined) return { files: [...own, config] };
  try {
    return { files: [...own, ...plannedWorkflows(file, opened, force), config] };
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    return { files: [...own, config], withoutWorkflows: thrown };
  }
}

/** @throws WORKFLOW_FOREIGN where somebody's workflow has the name of ours, and whatever else the generator refuses */
function plannedWorkflows(file: string, opened: OpenConfig, force: boolean): readonly PlannedFile[] {
  const { folder, config } = workflowPlace(file, undefined);
  const wanted = workflowFiles(workflowMaterial(config, opened, ownVersions(file)));
  const changes = compareWorkflows(wanted, readWorkflows(folder, WORKFLOW_NAMES), force);
  return changes.flatMap((change): readonly PlannedFile[] => {
    if (change.state !== "new" && change.state !== "changed") return [];
    const path = relative(dirname(file), join(process.cwd(), folder, change.name));
    return [{ path, change: change.state === "new" ? "create" : "replace", text: change.text }];
  });
}
