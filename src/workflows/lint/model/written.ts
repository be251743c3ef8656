import type { Place } from "../../../config/reading/place.ts";
import { entriesOf, itemsOf, type Scalar, type Tree } from "../../../config/reading/tree.ts";

/** A text of the file. */
export type Written = Scalar & { readonly text: string };

/** The text that a part of the file is; undefined where it is none, or empty. */
export function writtenOf(tree: Tree | undefined): Written | undefined {
  if (tree?.kind !== "scalar" || tree.text === null || tree.text === "") return undefined;
  return { ...tree, text: tree.text };
}

/** Every text of a part of the file, keys left out, in the order of the file. */
export function textsIn(tree: Tree | undefined): readonly Written[] {
  const found: Written[] = [];
  const open: Tree[] = tree === undefined ? [] : [tree];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const written = writtenOf(part);
    if (written !== undefined) found.push(written);
    const parts =
      part.kind === "mapping" ? entriesOf(part).map(({ value }) => value) : part.kind === "list" ? part.items : [];
    open.push(...parts.toReversed());
  }
  return found;
}

/** A text, or a list of them, as a list; what Actions also takes as lines of one text is split. */
export function linesOf(tree: Tree | undefined, separator = /\r?\n/): readonly string[] {
  return itemsOf(tree)
    .flatMap((item) => (writtenOf(item)?.text ?? "").split(separator))
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/**
 * Where a character of a text stands in the file. Exact for `|` blocks and texts on one line; of a text that was folded
 * or escaped it is the line, as near as can be told.
 * @param offset in UTF-16 units, into the text
 */
export function placeWithin(lines: readonly string[], written: Written, offset: number): Place {
  const { file, line, column } = written.place;
  const before = written.text.slice(0, offset).split("\n");
  const inLine = before.at(-1)?.length ?? 0;
  const sign = lines[line - 1]?.[column - 1];
  if (sign === "|" || sign === ">") {
    const at = Math.min(line + before.length, lines.length);
    const content = written.text.split("\n")[before.length - 1] ?? "";
    const indent = content === "" ? 0 : Math.max(lines[at - 1]?.indexOf(content) ?? 0, 0);
    return { file, line: at, column: indent + inLine + 1 };
  }
  if (before.length > 1) return { file, line: Math.min(line + before.length - 1, lines.length), column: 1 };
  const quoted = sign === '"' || sign === "'" ? 1 : 0;
  return { file, line, column: column + quoted + inLine };
}
