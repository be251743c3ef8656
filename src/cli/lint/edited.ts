import { basename } from "node:path";
import { SlipwayError } from "../../words/error.ts";
import { compareWorkflows } from "../../workflows/write/compare.ts";
import { type WorkflowFile, workflowFiles } from "../../workflows/write/files.ts";
import { openForWorkflows, workflowMaterial } from "../../workflows/write/material.ts";
import { isOurs } from "../../workflows/write/workflow-text.ts";
import { ownVersions } from "../workflows/own-versions.ts";
import { workflowPlace } from "../workflows/workflow-folder.ts";

/** Whether a file that Slipway wrote is another than it would write now, with the blocks that are kept. */
export function editedBy(configFile: string, environment: NodeJS.ProcessEnv): (name: string, text: string) => boolean {
  let wanted: readonly WorkflowFile[] | undefined;
  return (name, text) => {
    if (!isOurs(text)) return false;
    wanted ??= wantedBy(configFile, environment);
    const own = basename(name);
    return differs(
      wanted.filter((file) => file.name === own),
      own,
      text,
    );
  };
}

function differs(wanted: readonly WorkflowFile[], name: string, text: string): boolean {
  try {
    const changes = compareWorkflows(wanted, new Map([[name, text]]), false);
    return changes.some((change) => change.name === name && change.state !== "unchanged");
  } catch (thrown) {
    // A block that cannot be kept was edited by somebody.
    if (thrown instanceof SlipwayError) return true;
    throw thrown;
  }
}

/** @throws CONFIG_*, WORKFLOWS_SLIPWAY_MISSING, WORKFLOW_LACKS, WORKFLOWS_NONE */
function wantedBy(configFile: string, environment: NodeJS.ProcessEnv): readonly WorkflowFile[] {
  const { config } = workflowPlace(configFile, undefined);
  return workflowFiles(workflowMaterial(config, openForWorkflows(configFile, environment), ownVersions(configFile)));
}
