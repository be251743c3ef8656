import { rm } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "../../words/error.ts";
import { compareWorkflows, type FileChange } from "../../workflows/write/compare.ts";
import { WORKFLOW_NAMES, workflowFiles } from "../../workflows/write/files.ts";
import { openForWorkflows, workflowMaterial } from "../../workflows/write/material.ts";
import type { Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { EXIT } from "../exit.ts";
import { unwritable } from "../output/file.ts";
import { replacePage } from "../publish/contract-file.ts";
import { requireConfigFile } from "../settings.ts";
import { ownVersions } from "../workflows/own-versions.ts";
import { tellChanges, tellOutdated } from "../workflows/tell-changes.ts";
import { readWorkflows, workflowPlace } from "../workflows/workflow-folder.ts";
import type { workflowsOptions } from "../workflows-options.ts";

/** Writes workflows for GitHub Actions from the configuration, or compares them. Asks nobody, and needs no secrets. */
export const run: Run<typeof workflowsOptions> = async (context, { options }) => {
  checkDryRun(options);
  if (options.check && options.dryRun) throw failure("OPTIONS_CONFLICT", { one: "--check", other: "--dry-run" });
  const file = requireConfigFile(context);
  const { folder, config } = workflowPlace(file, options.output);
  const material = workflowMaterial(config, openForWorkflows(file, context.environment), ownVersions(file));
  const there = readWorkflows(folder, WORKFLOW_NAMES);
  const changes = compareWorkflows(workflowFiles(material), there, options.force);
  const isChanged = changes.some(({ state }) => state !== "unchanged");
  if (options.check && isChanged) return await tellOutdated(context, { folder, changes });
  const dry = options.dryRun || options.check;
  if (!dry) for (const change of changes) await bring(folder, change);
  await tellChanges(context, { folder, changes }, dry);
  return options.detailedExitcode && isChanged ? EXIT.drift : EXIT.done;
};

async function bring(folder: string, change: FileChange): Promise<void> {
  const path = join(folder, change.name);
  if (change.state === "new" || change.state === "changed") await replacePage(path, change.text);
  if (change.state !== "removed") return;
  await rm(path, { force: true }).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}
