import type { Config } from "../../config/slipway/load-config.ts";
import { loadOpenConfig, type OpenConfig, type StandIn, secretsLeftOut } from "../../config/slipway/load-open.ts";
import { DEFAULT_WORKFLOWS, type WorkflowSettings } from "../../config/slipway/workflows.ts";
import type { Environment } from "../../config/variables/lookup.ts";
import type { VariableUse } from "../../config/variables/variable-uses.ts";
import { SlipwayError } from "../../words/error.ts";
import type { ActionVersion } from "../versions.ts";

/** All that workflows are made of: no clock, no machine, no secret. */
export interface WorkflowMaterial {
  /** The configuration's path, from the repository's root on, with slashes. */
  readonly file: string;
  readonly config: Config;
  readonly settings: WorkflowSettings;
  /** What the configuration takes from outside. */
  readonly uses: readonly VariableUse[];
  /** Versions of actions that the project has itself. */
  readonly versions: readonly ActionVersion[];
}

/** Stands for a variable where any text is as good: it can be a host, a part of a repository, a tag. */
export const UNSET = "unset.invalid";

/**
 * Whatever this machine has set must not be seen in files that are the same for all: variables have their defaults, or
 * are {@link UNSET}.
 */
const machineLeftOut: StandIn = (uses) =>
  secretsLeftOut(uses) ?? (uses.every(({ hasDefault }) => hasDefault) ? "" : UNSET);

/**
 * Reads a configuration for its workflows. Only where a variable without a default stands for what is no text, a number
 * say, is its value asked for.
 * @throws CONFIG_*
 */
export function openForWorkflows(file: string, environment: Environment): OpenConfig {
  try {
    return loadOpenConfig(file, environment, machineLeftOut);
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    return loadOpenConfig(file, environment, secretsLeftOut);
  }
}

/** @param file as workflows will name it */
export function workflowMaterial(
  file: string,
  { config, uses }: OpenConfig,
  versions: readonly ActionVersion[],
): WorkflowMaterial {
  return { file, config, uses, versions, settings: config.workflows ?? DEFAULT_WORKFLOWS };
}
