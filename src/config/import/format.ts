import { readTree } from "../reading/read-tree.ts";
import type { Source } from "../reading/source.ts";
import { entriesOf, entryOf, type Tree } from "../reading/tree.ts";

/** What `slipway import` can read. */
export type ImportFormat = "regsync" | "skopeo" | "image-syncer-auth" | "image-syncer-images" | "image-syncer-config";

/**
 * Which format a file is in, by what it looks like; undefined for none.
 * @throws CONFIG_EMPTY, CONFIG_SYNTAX
 */
export function formatOf(source: Source): ImportFormat | undefined {
  return formatOfTree(readTree(source, { expected: "a file of regsync, skopeo or image-syncer", duplicateKeys: true }));
}

export function formatOfTree(tree: Tree): ImportFormat | undefined {
  const entries = entriesOf(tree);
  if (entryOf(tree, "sync")?.value.kind === "list" || entryOf(tree, "creds")?.value.kind === "list") return "regsync";
  if (entryOf(tree, "images")?.value.kind === "mapping") return "image-syncer-config";
  if (entries.length === 0) return undefined;
  if (entries.every(({ value }) => value.kind !== "mapping")) return "image-syncer-images";
  if (entries.some(({ value }) => holdsAny(value, ["images", "images-by-tag-regex", "images-by-semver"])))
    return "skopeo";
  return entries.some(({ value }) => holdsAny(value, ["username", "password", "insecure"]))
    ? "image-syncer-auth"
    : undefined;
}

function holdsAny(tree: Tree, keys: readonly string[]): boolean {
  return keys.some((key) => entryOf(tree, key) !== undefined);
}
