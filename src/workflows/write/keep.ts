import { parseDocument } from "yaml";
import { failure } from "../../words/error.ts";
import { type KeepBlock, separateBlocks } from "./keep-blocks.ts";
import type { Lines } from "./lines.ts";
import { type OutlineNode, outlineOf } from "./outline.ts";

/** Where a block stands: behind what is as deep as it, or in what is less deep. */
interface Place {
  readonly id: string;
  readonly where: "behind" | "in";
}

/**
 * A workflow as it is to be, with the blocks that people have put into the one that is there. A block can stand behind
 * or at the beginning of a step, a job, or a key of any of them or of the workflow; at the end of lists of scalars and
 * variables. It stays there, by name.
 * @param there the text of the file
 * @param file what errors call it
 * @throws WORKFLOW_KEEP_BROKEN, WORKFLOW_KEEP_HOMELESS where its place is gone, WORKFLOW_KEEP_UNFIT where both together
 *   are no YAML: a key comes twice, say
 */
export function withKeptBlocks(there: string, wanted: string, file: string): string {
  const { blocks, others } = separateBlocks(there, file);
  if (blocks.length === 0) return wanted;
  const before = outlineOf(others);
  const lines = wanted.split("\n");
  const after = outlineOf(lines);
  const inserted = blocks.map((block) => ({ block, at: positionOf(block, before, after, file) }));
  const together = inserted
    .toReversed()
    .toSorted((one, other) => other.at - one.at)
    .reduce<Lines>((all, { block, at }) => all.toSpliced(at, 0, ...block.lines), lines)
    .join("\n");
  const [error] = parseDocument(together).errors;
  if (error !== undefined) {
    const names = blocks.map(({ name }) => name).join(", ");
    throw failure("WORKFLOW_KEEP_UNFIT", { file, names, reason: error.message.split("\n")[0] ?? "" });
  }
  return together;
}

/** Names of the blocks of a file. @throws WORKFLOW_KEEP_BROKEN */
export function keptNames(there: string, file: string): readonly string[] {
  return separateBlocks(there, file).blocks.map(({ name }) => name);
}

/** The line of the new text before which a block comes. */
function positionOf(
  block: KeepBlock,
  before: readonly OutlineNode[],
  after: readonly OutlineNode[],
  file: string,
): number {
  const place = placeOf(block, before);
  const node = after.find(({ id }) => id === place?.id);
  if (place === undefined || node === undefined) {
    throw failure("WORKFLOW_KEEP_HOMELESS", { file, name: block.name, place: place?.id ?? "the beginning" });
  }
  const hasParts = after.some(({ start, indent }) => start > node.start && start < node.end && indent > node.indent);
  return place.where === "in" && hasParts ? node.start + 1 : node.end;
}

function placeOf({ indent, at }: KeepBlock, before: readonly OutlineNode[]): Place | undefined {
  const node = before.findLast((one) => one.start < at && one.indent <= indent);
  return node && { id: node.id, where: node.indent === indent ? "behind" : "in" };
}
