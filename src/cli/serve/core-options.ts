import { dirname } from "node:path";
import type { Environment } from "../../config/index.ts";
import { environmentIn } from "../../config/variables/lookup.ts";
import type { CoreOptions } from "../../daemon/core.ts";
import type { Logbook } from "../../daemon/log/logbook.ts";
import type { Store } from "../../store/store.ts";
import { openCache } from "../../target/cache/cache.ts";
import { cacheFolder, cacheLimit } from "../cache-folder.ts";
import type { Context } from "../command.ts";
import { requireConfigFile } from "../settings.ts";

/** So long what is under way may go on once the process is told to end, milliseconds. Supervisors wait for 30 s. */
export const GRACE = 20_000;

/** A configuration file, and the environment with what `.env` beside it adds. */
export interface Surroundings {
  readonly file: string;
  readonly environment: Environment;
}

/** @throws CONFIG_NOT_FOUND, CONFIG_UNREADABLE */
export function surroundingsOf(context: Context): Surroundings {
  const file = requireConfigFile(context);
  return { file, environment: environmentIn(dirname(file), context.environment) };
}

/** What a daemon or a worker works with, from the command line. @throws OPTION_VALUE_INVALID */
export function coreOptions(context: Context, file: string, store: Store, log: Logbook): Omit<CoreOptions, "patience"> {
  const { environment, globals, version, endpoints } = context;
  const folder = cacheFolder(globals.cacheDir, environment);
  const limit = cacheLimit(globals.cacheLimit, environment);
  return {
    file,
    environment,
    version,
    store,
    log,
    openCache: () => openCache(folder, limit === undefined ? {} : { limit }),
    ...(endpoints !== undefined && { endpoints }),
  };
}
