import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Environment } from "../../config/index.ts";

/**
 * Where history is kept on one machine: what `--data-dir` says, SLIPWAY_DATA_DIR, else the user's folder for state.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function dataFolder(asked: string | undefined, environment: Environment): string {
  const named = asked ?? environment.SLIPWAY_DATA_DIR;
  if (named !== undefined && named !== "") return resolve(named);
  const shared = environment.XDG_STATE_HOME ?? "";
  return join(isAbsolute(shared) ? shared : join(environment.HOME || homedir(), ".local", "state"), "slipway");
}
