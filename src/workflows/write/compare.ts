import { firstDifference, type LineDifference } from "../../release/contract/difference.ts";
import { failure } from "../../words/error.ts";
import { WORKFLOW_NAMES, type WorkflowFile } from "./files.ts";
import { keptNames, withKeptBlocks } from "./keep.ts";
import { isOurs } from "./workflow-text.ts";

/** What becomes of one file. */
export type FileChange = { readonly name: string } & (
  | { readonly state: "unchanged" }
  | { readonly state: "new" | "changed"; readonly text: string; readonly difference: LineDifference }
  /** Slipway has written it, and the configuration gives no reason for it any more. */
  | { readonly state: "removed" }
);

/**
 * Compares the workflows that are wanted with what is there; blocks that people have added are kept.
 * @param there the texts of those files that there are, by name
 * @param force whether files that Slipway has not written may be replaced
 * @throws WORKFLOW_FOREIGN, WORKFLOW_KEEP_*
 */
export function compareWorkflows(
  wanted: readonly WorkflowFile[],
  there: ReadonlyMap<string, string>,
  force: boolean,
): readonly FileChange[] {
  const gone = WORKFLOW_NAMES.filter((name) => !wanted.some((file) => file.name === name));
  return [...wanted.map((file) => changeOf(file, there.get(file.name), force)), ...gone.flatMap(removalOf)];

  function removalOf(name: string): readonly FileChange[] {
    const text = there.get(name);
    if (text === undefined || !isOurs(text)) return [];
    const [kept] = keptNames(text, name);
    if (kept !== undefined) throw failure("WORKFLOW_KEEP_HOMELESS", { file: name, name: kept, place: "the workflow" });
    return [{ name, state: "removed" }];
  }
}

function changeOf({ name, text }: WorkflowFile, there: string | undefined, force: boolean): FileChange {
  const isForeign = there !== undefined && there.trim() !== "" && !isOurs(there);
  if (isForeign && !force) throw failure("WORKFLOW_FOREIGN", { file: name });
  const whole = there === undefined ? text : withKeptBlocks(there, text, name);
  const difference = firstDifference(there, whole);
  if (difference === undefined) return { name, state: "unchanged" };
  return { name, state: there === undefined ? "new" : "changed", text: whole, difference };
}
