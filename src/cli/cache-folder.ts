import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { bytesOf } from "./option.ts";

/**
 * Where what can be made again is kept: what `--cache-dir` says, SLIPWAY_CACHE_DIR, else the user's cache folder.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(asked: string | undefined, environment: NodeJS.ProcessEnv): string {
  const named = asked ?? environment.SLIPWAY_CACHE_DIR;
  if (named !== undefined && named !== "") return resolve(named);
  const shared = environment.XDG_CACHE_HOME ?? "";
  return join(isAbsolute(shared) ? shared : join(environment.HOME || homedir(), ".cache"), "slipway");
}

/** Bytes that may stay there for later runs: what `--cache-limit` says, else SLIPWAY_CACHE_LIMIT. @throws OPTION_VALUE_INVALID */
export function cacheLimit(asked: number | undefined, environment: NodeJS.ProcessEnv): number | undefined {
  const named = environment.SLIPWAY_CACHE_LIMIT ?? "";
  return asked ?? (named === "" ? undefined : bytesOf("SLIPWAY_CACHE_LIMIT", named));
}
