import type { Config } from "../../config/slipway/load-config.ts";
import { parseReference } from "../../oci/reference.ts";
import { SlipwayError } from "../../words/error.ts";
import type { Contract, LintContext } from "../../workflows/lint/rule.ts";
import { openForWorkflows } from "../../workflows/write/material.ts";
import type { Context } from "../command.ts";
import { configFile } from "../settings.ts";
import { editedBy } from "./edited.ts";

/** What the configuration says of the workflows, where there is one. Needs neither secrets nor variables. @throws CONFIG_* */
export function lintContext(context: Context): LintContext {
  const file = configFile(context);
  if (file === undefined) return {};
  const { config } = openForWorkflows(file, context.environment);
  const contract = contractOf(config);
  return { ...(contract !== undefined && { contract }), isEdited: editedBy(file, context.environment) };
}

function contractOf({ registries, publishing }: Config): Contract | undefined {
  if (publishing.tags === undefined) return undefined;
  return { images: registries.flatMap(({ image }) => repositoryOf(image)), tags: publishing.tags };
}

/** What an entry names may be a host alone, for credentials, or no reference at all with what stands in for a variable. */
function repositoryOf(image: string): readonly string[] {
  try {
    const { registry, repository } = parseReference(image);
    return [`${registry}/${repository}`];
  } catch (thrown) {
    if (thrown instanceof SlipwayError) return [];
    throw thrown;
  }
}
