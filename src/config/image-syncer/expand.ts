import type { Environment } from "../variables/lookup.ts";

/** Text with the environment's variables put in, and the names that were asked for and are not set. */
export interface Expanded {
  readonly text: string;
  readonly unset: readonly string[];
}

const VARIABLE = /\$(?:(\$)|\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;

/**
 * Puts in `${NAME}` and `$NAME`. `$$` is a dollar sign; a bare `$name` that is not set stays as it is, because user
 * names such as `$oauthtoken` are real; `${NAME}` that is not set is empty, as with image-syncer.
 */
export function expandVariables(text: string, environment: Environment): Expanded {
  const unset: string[] = [];
  const expanded = text.replace(VARIABLE, (written: string, dollar?: string, braced?: string, bare?: string) => {
    if (dollar !== undefined) return "$";
    const name = braced ?? bare ?? "";
    const value = environment[name];
    if (value !== undefined) return value;
    if (bare !== undefined) return written;
    unset.push(name);
    return "";
  });
  return { text: expanded, unset };
}
