import { DEFAULT_LIMIT_BYTES } from "../../target/cache/cache.ts";
import { inventory } from "../../target/cache/inventory.ts";
import { cacheFolder, cacheLimit } from "../cache-folder.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { tableLines } from "../output/table.ts";
import { formatBytes } from "../output/units.ts";

/** Says what the cache folder holds. */
export const run: Run<NoOptions> = async ({ globals, environment, words, out }) => {
  const folder = cacheFolder(globals.cacheDir, environment);
  const limit = cacheLimit(globals.cacheLimit, environment) ?? DEFAULT_LIMIT_BYTES;
  const { kept, inUse } = await inventory(folder);
  const oldest = kept.oldest === undefined ? undefined : new Date(kept.oldest).toISOString();
  if (globals.json) {
    const facts = { folder, limit, kept: { ...kept, ...(oldest !== undefined && { oldest }) }, inUse };
    out.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return EXIT.done;
  }
  const left =
    oldest === undefined
      ? words.text("cache.kept.none")
      : words.text("cache.kept.some", {
          bytes: formatBytes(kept.bytes),
          files: kept.files,
          oldest: oldest.slice(0, 10),
        });
  const used =
    inUse.processes === 0
      ? words.text("cache.in-use.none")
      : words.text("cache.in-use.some", { bytes: formatBytes(inUse.bytes), processes: inUse.processes });
  const rows = [
    [words.text("cache.folder"), folder],
    [words.text("cache.kept"), left],
    [words.text("cache.in-use"), used],
    [words.text("cache.limit"), formatBytes(limit)],
  ];
  for (const line of tableLines(rows)) out.write(`${line}\n`);
  return EXIT.done;
};
