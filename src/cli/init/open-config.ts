import { readTree } from "../../config/reading/read-tree.ts";
import type { Source } from "../../config/reading/source.ts";
import { readConfig } from "../../config/slipway/load-config.ts";
import { type OpenConfig, secretsLeftOut } from "../../config/slipway/load-open.ts";
import { type VariableUse, variableUses } from "../../config/variables/variable-uses.ts";
import { UNSET } from "../../workflows/write/material.ts";

/**
 * Reads a configuration that is not written yet, for any machine: variables have their defaults, or stand for nothing
 * that is anybody's.
 * @throws CONFIG_* where `slipway config check` would find it wrong, whatever its variables are
 */
export function openConfig(source: Source): OpenConfig {
  const uses = variableUses(readTree(source, { expected: "`version: 1`" }));
  const byName = Map.groupBy(uses, ({ name }) => name);
  const variable = (name: string) => standInFor(byName.get(name) ?? []);
  return { config: readConfig(source, { variable, file: () => UNSET }), uses };
}

function standInFor(uses: readonly VariableUse[]): string {
  return secretsLeftOut(uses) ?? (uses.every(({ hasDefault }) => hasDefault) ? "" : UNSET);
}
