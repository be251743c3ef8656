import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { readingReason, readSource } from "../reading/source.ts";
import { Refusal } from "../refusal.ts";

/** Where the values of variables and files come from. */
export interface Lookup {
  variable(name: string): string | undefined;
  /** A file's text. @throws Refusal with the reason */
  file(path: string): string;
}

/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Values for a config: the environment, then `.env` in the config's folder; files from that folder on.
 * @throws CONFIG_UNREADABLE for a `.env` that is there and cannot be read
 */
export function lookupIn(folder: string, environment: Environment): Lookup {
  const variables = environmentIn(folder, environment);
  return {
    variable: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined),
    file: (path) => {
      try {
        return readFileSync(resolve(folder, path), "utf8");
      } catch (cause) {
        throw new Refusal(readingReason(cause), { cause });
      }
    },
  };
}

/**
 * The environment with what `.env` in a folder adds to it.
 * @throws CONFIG_UNREADABLE for a `.env` that is there and cannot be read
 */
export function environmentIn(folder: string, environment: Environment): Environment {
  const set = Object.entries(environment).filter(([, value]) => value !== undefined);
  return { ...readDotEnv(join(folder, ".env")), ...Object.fromEntries(set) };
}

function readDotEnv(file: string): Environment {
  try {
    return parseEnv(readSource(file).text);
  } catch (error) {
    if (error instanceof Error && isNoFile(error.cause)) return {};
    throw error;
  }
}

/** Not there, or a folder: Python's virtual environments are called `.env`, too. */
function isNoFile(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "EISDIR");
}
