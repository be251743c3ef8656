import type { Place } from "./place.ts";

/**
 * What a file says, with the place of each part. Scalars are text as it was written, so that the tag `1.10` does not
 * become the number 1.1; whoever reads a number or a switch says so.
 */
export type Tree = Scalar | List | Mapping;

export interface Scalar {
  readonly kind: "scalar";
  readonly place: Place;
  /** null where nothing was written, or `null`, or `~`. */
  readonly text: string | null;
  /** In quotes or as a block: it is text, whatever it looks like. */
  readonly quoted?: boolean;
  /** Not for other eyes: `config show` masks it. */
  readonly secret?: boolean;
}

export interface List {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly Tree[];
}

export interface Mapping {
  readonly kind: "mapping";
  readonly place: Place;
  /** In the order of the file; a key may come twice where the format says so. */
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  /** Of the key. */
  readonly place: Place;
  readonly value: Tree;
}

/** The entry of a key; the last, if there are more. */
export function entryOf(tree: Tree | undefined, key: string): Entry | undefined {
  return tree?.kind === "mapping" ? tree.entries.findLast((entry) => entry.key === key) : undefined;
}

/** What is at a path of keys and positions. */
export function treeAt(tree: Tree, path: readonly PropertyKey[]): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const step of path) {
    at = at?.kind === "list" ? at.items[Number(step)] : entryOf(at, String(step))?.value;
  }
  return at;
}

/** The parts of a list, or the single thing that stands for a list of one. Nothing at all is an empty list. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || (tree.kind === "scalar" && tree.text === null)) return [];
  return tree.kind === "list" ? tree.items : [tree];
}

/** As plain values: objects without prototype, arrays, text and null. */
export function plainOf(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.text;
  if (tree.kind === "list") return tree.items.map(plainOf);
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of tree.entries) object[key] = plainOf(value);
  return object;
}

/** What kind of thing it is, for errors. */
export function describe(tree: Tree): string {
  if (tree.kind === "scalar") return tree.text === null ? "nothing" : "text";
  return tree.kind === "list" ? "a list" : "a mapping";
}

/** The entries whose key came before, each with the line of the first of them. */
export function repeatedEntries(
  entries: readonly Entry[],
): readonly { readonly entry: Entry; readonly first: number }[] {
  const lines = new Map<string, number>();
  return entries.flatMap((entry) => {
    const first = lines.get(entry.key);
    if (first === undefined) lines.set(entry.key, entry.place.line);
    return first === undefined ? [] : [{ entry, first }];
  });
}

/** The entries of a mapping; none of anything else. */
export function entriesOf(tree: Tree | undefined): readonly Entry[] {
  return tree?.kind === "mapping" ? tree.entries : [];
}

/** The text of a scalar that has some. */
export function textOf(tree: Tree | undefined): string | undefined {
  return tree?.kind === "scalar" ? (tree.text ?? undefined) : undefined;
}
