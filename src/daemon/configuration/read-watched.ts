import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readSource } from "../../config/reading/source.ts";
import { type Config, readConfig } from "../../config/slipway/load-config.ts";
import { type Environment, type Lookup, lookupIn } from "../../config/variables/lookup.ts";
import { asFailure, type SlipwayError } from "../../words/error.ts";

/** Each file that a configuration was made of, also those that were not there, as it was when it was read. */
export type Versions = ReadonlyMap<string, string>;

/** What a file came to, and what to watch to know when that changes. */
export type WatchedConfig = { readonly versions: Versions } & (
  | { readonly config: Config }
  | { readonly refused: SlipwayError }
);

/** Reads a configuration and notes every file that has a part in it: itself, `.env`, and those that it names. */
export function readWatched(file: string, environment: Environment): WatchedConfig {
  const folder = dirname(file);
  const versions = new Map([resolve(file), join(resolve(folder), ".env")].map((path) => [path, versionOf(path)]));
  try {
    const lookup = lookupIn(folder, environment);
    const noting: Lookup = {
      variable: lookup.variable,
      file: (path) => {
        const named = resolve(folder, path);
        versions.set(named, versionOf(named));
        return lookup.file(path);
      },
    };
    return { config: readConfig(readSource(file), noting), versions };
  } catch (thrown) {
    return { refused: asFailure(thrown), versions };
  }
}

/** The same files as they are now. */
export function versionsNow(versions: Versions): Versions {
  return new Map([...versions.keys()].map((path) => [path, versionOf(path)]));
}

/** Whoever replaces a file gives it another number, and whoever writes into it another time: links are followed. */
function versionOf(path: string): string {
  try {
    const { mtimeNs, size, ino } = statSync(path, { bigint: true });
    return `${mtimeNs} ${size} ${ino}`;
  } catch {
    return "absent";
  }
}
