import { parse } from "yaml";
import { showConfig } from "../../config/slipway/show-config.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { requireConfig } from "../settings.ts";

/** Prints the configuration with its variables put in and its secrets masked. */
export const run: Run<NoOptions> = async (context) => {
  const { file } = await requireConfig(context);
  const shown = showConfig(file, context.environment);
  context.out.write(context.globals.json ? `${JSON.stringify(parse(shown), undefined, 2)}\n` : shown);
  return EXIT.done;
};
