import { notice } from "../notice.ts";
import { formatPlace } from "../reading/place.ts";
import { readTree } from "../reading/read-tree.ts";
import type { Source } from "../reading/source.ts";
import { entriesOf, entryOf, itemsOf, repeatedEntries, type Tree } from "../reading/tree.ts";
import { Draft } from "./draft.ts";
import type { ImportedConfig } from "./imported.ts";
import { tellLeftOut } from "./left-out.ts";
import { importCredential } from "./regsync-creds.ts";
import { importSync } from "./regsync-sync.ts";
import { writeDraft } from "./write-draft.ts";

const TOP: readonly string[] = ["version", "creds", "defaults", "sync"];
const DEFAULTS: readonly string[] = ["referrers", "digestTags"];

/**
 * Reads a `regsync.yml`. Anchors, `x-…` keys and repeated keys (the last counts) are allowed, as there.
 * https://github.com/regclient/regclient/blob/v0.11.5/docs/regsync.md
 * @throws CONFIG_EMPTY, CONFIG_SYNTAX
 */
export function importRegsync(source: Source): ImportedConfig {
  const tree = readTree(source, { expected: "`version: 1`, `creds` and `sync`", duplicateKeys: true });
  const draft = new Draft();
  tellRepeated(tree, draft);
  tellLeftOut(entriesOf(tree), TOP, draft);
  const defaults = entryOf(tree, "defaults")?.value;
  tellLeftOut(entriesOf(defaults), DEFAULTS, draft);
  for (const item of itemsOf(entryOf(tree, "creds")?.value)) importCredential(item, draft);
  for (const item of itemsOf(entryOf(tree, "sync")?.value)) importSync(item, defaults, draft);
  return { yaml: writeDraft(draft, [source.file]), notices: draft.notices };
}

function tellRepeated(tree: Tree, draft: Draft): void {
  if (tree.kind === "list") for (const item of tree.items) tellRepeated(item, draft);
  for (const { entry, first } of repeatedEntries(entriesOf(tree))) {
    draft.notices.push(notice("notice.last-key-counts", { where: formatPlace(entry.place), key: entry.key, first }));
  }
  for (const { value } of entriesOf(tree)) tellRepeated(value, draft);
}
