import { failure } from "../../words/error.ts";
import { CLOSE, OPEN } from "./keep-markers.ts";
import type { Lines } from "./lines.ts";

/** Lines that a person has added. */
export interface KeepBlock {
  readonly name: string;
  /** Of its first marker. */
  readonly indent: number;
  /** Both markers and what stands between them, and empty lines before. */
  readonly lines: Lines;
  /** How many of the other lines come before it. */
  readonly at: number;
}

export interface Separated {
  readonly blocks: readonly KeepBlock[];
  /** All other lines. */
  readonly others: Lines;
}

/**
 * Takes a workflow's own blocks out of it.
 * @param file what errors call it
 * @throws WORKFLOW_KEEP_BROKEN where markers do not pair, or a name is missing or comes twice
 */
export function separateBlocks(text: string, file: string): Separated {
  const blocks: KeepBlock[] = [];
  const others: string[] = [];
  let open:
    | { readonly name: string; readonly indent: number; readonly line: number; readonly lines: string[] }
    | undefined;
  const broken = (line: number, reason: string) => failure("WORKFLOW_KEEP_BROKEN", { file, line, reason });
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const number = index + 1;
    const marker = line.trim();
    const [, name] = new RegExp(`^${OPEN}(?: +(\\S+))?$`).exec(marker) ?? [];
    const opens = marker === OPEN || name !== undefined;
    if (open === undefined) {
      if (marker === CLOSE) throw broken(number, "it ends a block that has not begun");
      if (!opens) {
        others.push(line);
        continue;
      }
      if (name === undefined) throw broken(number, "the block has no name");
      if (blocks.some((block) => block.name === name)) throw broken(number, `there are two blocks ${name}`);
      open = {
        name,
        indent: line.search(/\S/),
        line: number,
        lines: [...emptyBefore(others.slice(blocks.at(-1)?.at)), line],
      };
      continue;
    }
    if (opens) throw broken(number, `it stands in the block ${open.name}`);
    open.lines.push(line);
    if (marker !== CLOSE) continue;
    blocks.push({ name: open.name, indent: open.indent, lines: open.lines, at: others.length });
    open = undefined;
  }
  if (open !== undefined) throw broken(open.line, `the block ${open.name} has no end`);
  return { blocks, others };
}

/** Empty lines before a block are the block's, so that it is as far from what is above, another block say, as it was. */
function emptyBefore(above: Lines): Lines {
  const last = above.findLastIndex((line) => line.trim() !== "");
  return above.slice(last + 1);
}
