import { dirname } from "node:path";
import { readTree } from "../reading/read-tree.ts";
import { readSource } from "../reading/source.ts";
import { type Environment, type Lookup, lookupIn } from "../variables/lookup.ts";
import { type VariableUse, variableUses } from "../variables/variable-uses.ts";
import { type Config, readConfig } from "./load-config.ts";

/** A configuration for work that asks no registry, and what it would take from outside. */
export interface OpenConfig {
  readonly config: Config;
  /** Of variables and files, in the order of the configuration. */
  readonly uses: readonly VariableUse[];
}

/** What stands in for a variable, by all of its uses; undefined: its own value. */
export type StandIn = (uses: readonly VariableUse[]) => string | undefined;

/** Passes for whatever a secret has to be: a password, an address, the text of a key or certificate. */
const NO_SECRET = "https://secret.invalid/?-----BEGIN NOTHING-----";

/** Secrets are neither needed nor read: whatever is made of the configuration cannot hold one. */
export const secretsLeftOut: StandIn = (uses) => {
  if (!uses.some(({ secret }) => secret)) return undefined;
  // A channel may be empty, and takes addresses of several kinds.
  return uses.every(({ path }) => path.startsWith("notify")) ? "" : NO_SECRET;
};

/**
 * Reads a `slipway.yaml` as `loadConfig` does, with something else in place of some variables and of every file but
 * those that values hold openly. Values whose variables are not set are as if they had not been written.
 * @throws CONFIG_*
 */
export function loadOpenConfig(file: string, environment: Environment, standIn: StandIn): OpenConfig {
  const source = readSource(file);
  const uses = variableUses(readTree(source, { expected: "`version: 1`" }));
  const lookup = openLookup(lookupIn(dirname(file), environment), uses, standIn);
  return { config: readConfig(source, lookup, "unwritten"), uses };
}

function openLookup(real: Lookup, uses: readonly VariableUse[], standIn: StandIn): Lookup {
  const byName = Map.groupBy(uses, ({ kind, name }) => `${kind} ${name}`);
  const usesOf = (kind: VariableUse["kind"], name: string) => byName.get(`${kind} ${name}`) ?? [];
  return {
    variable: (name) => standIn(usesOf("variable", name)) ?? real.variable(name),
    file: (path) => {
      const open = usesOf("file", path);
      return open.length > 0 && open.every(({ secret }) => !secret) ? real.file(path) : NO_SECRET;
    },
  };
}
