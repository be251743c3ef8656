import { prune } from "../../target/cache/inventory.ts";
import { cacheFolder } from "../cache-folder.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { formatBytes } from "../output/units.ts";

/** Deletes what ended runs have left in the cache folder. It asks nothing: all of it can be read again. */
export const run: Run<NoOptions> = async ({ globals, environment, words, out }) => {
  const folder = cacheFolder(globals.cacheDir, environment);
  const { files, bytes } = await prune(folder);
  if (globals.json) out.write(`${JSON.stringify({ folder, deleted: { files, bytes } }, undefined, 2)}\n`);
  else if (files === 0) out.write(`${words.text("cache.pruned.none")}\n`);
  else out.write(`${words.text("cache.pruned", { files, bytes: formatBytes(bytes) })}\n`);
  return EXIT.done;
};
