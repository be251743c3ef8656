import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { remarkText } from "../../release/remark.ts";
import { type GraphFacts, type PublishTarget, publishTargets } from "../../release/targets.ts";
import { targetsMermaid } from "../../release/targets-mermaid.ts";
import { failure } from "../../words/error.ts";
import type { Context, Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { legacyNamesOf } from "../legacy-names.ts";
import { tellResult } from "../output/result.ts";
import { graphFacts } from "../publish/graph-facts.ts";
import { openProject } from "../publish/project.ts";
import { graphLines } from "../publish-graph.ts";
import type { targetsOptions } from "../publish-options.ts";
import { configFile } from "../settings.ts";

/** Draws the publish graph. Asks nobody, and needs no secrets. */
export const run: Run<typeof targetsOptions> = async (context, { options }) => {
  const { command, globals, words, out, paint } = context;
  if (options.mermaid && globals.json) throw failure("OPTIONS_CONFLICT", { one: "--mermaid", other: "--json" });
  const file = configFile(context);
  const targets = publishTargets(await factsAt(file, context));
  const aliases = (target: PublishTarget) => legacyNamesOf(target.command, isPrimary(target, targets));
  const nodes = targets.map((target) => {
    const { name, needs, required, note } = target;
    const text = remarkText(note, words.language);
    return { name, needs, command: target.command, required, aliases: aliases(target), note, text };
  });
  await tellResult(context, { version: 1, command, ok: true, targets: nodes });
  if (globals.json) return EXIT.done;
  if (options.mermaid) {
    out.write(targetsMermaid(targets));
    return EXIT.done;
  }
  const isNuke = existsSync(join(file === undefined ? process.cwd() : dirname(file), NUKE));
  const columns = out.isTTY === true ? out.columns : undefined;
  const alias = (target: PublishTarget) => aliases(target)[0] ?? "";
  const style = { words, paint: paint.out, columns, ...(isNuke && { alias }) };
  for (const line of graphLines(targets, style)) out.write(`${line}\n`);
  const [name] = targets.flatMap(aliases);
  if (isNuke && name !== undefined) out.write(`\n${paint.out("dim", words.text("targets.aliases", { name }))}\n`);
  return EXIT.done;
};

/** What marks the root of a Nuke build: whoever comes from there knows its names. https://nuke.build */
const NUKE = ".nuke";

/** @throws CONFIG_*; BUILD_SETTINGS_MISSING where there is neither a configuration nor a Dockerfile */
async function factsAt(file: string | undefined, context: Context): Promise<GraphFacts> {
  if (file === undefined) {
    await openProject(context, "unwritten");
    return { outlets: [], floating: [] };
  }
  const { loadOpenConfig, secretsLeftOut } = await import("../../config/slipway/load-open.ts");
  const { config } = loadOpenConfig(file, context.environment, secretsLeftOut);
  return graphFacts(config, context.environment.GITHUB_REPOSITORY || undefined);
}

/** The first registry that the image is pushed to. */
function isPrimary({ name, needs }: PublishTarget, targets: readonly PublishTarget[]): boolean {
  return targets.find((other) => other.needs.includes("build") && needs.includes("build"))?.name === name;
}
