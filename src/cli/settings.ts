import type { Settings } from "../config/settings.ts";
import { findConfig } from "../config/slipway/find-config.ts";
import type { Config } from "../config/slipway/load-config.ts";
import { failure } from "../words/error.ts";
import type { Context } from "./command.ts";
import { NO_SETTINGS } from "./session.ts";

/** The configuration file that `--config` names, or that is in this folder or above. */
export function configFile({ globals }: Context): string | undefined {
  return globals.config ?? findConfig(process.cwd());
}

/** The configuration. @throws CONFIG_NOT_FOUND, CONFIG_* */
export function requireConfig(context: Context): Promise<Config> {
  return load(requireConfigFile(context), context);
}

/** @throws CONFIG_NOT_FOUND */
export function requireConfigFile(context: Context): string {
  const file = configFile(context);
  if (file === undefined) throw failure("CONFIG_NOT_FOUND", { folder: process.cwd() });
  return file;
}

/** The configuration where there is one: for commands that only take hosts and credentials from it. @throws CONFIG_* */
export async function settingsHere(context: Context): Promise<Settings> {
  const file = configFile(context);
  return file === undefined ? NO_SETTINGS : load(file, context);
}

/** What reads configurations takes longer to load than many a command to run. */
async function load(file: string, { environment }: Context): Promise<Config> {
  const { loadConfig } = await import("../config/slipway/load-config.ts");
  return loadConfig(file, environment);
}
