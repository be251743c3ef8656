import { loadOpenConfig, secretsLeftOut } from "../../config/slipway/load-open.ts";
import type { ComposeForm } from "../../site/compose/form.ts";
import { siteDataOf } from "../../site/data/site-data.ts";
import type { SiteData, Source } from "../../site/model.ts";
import { failure } from "../../words/error.ts";
import type { Context, Run } from "../command.ts";
import { chooseSource } from "../compose/choose-source.ts";
import { deliverFiles } from "../compose/deliver-files.ts";
import { listLines } from "../compose/list-lines.ts";
import { makeFile } from "../compose/make-file.ts";
import { startValues } from "../compose/start-values.ts";
import { switchedFile } from "../compose/switch-file.ts";
import type { ComposeOptions, composeOptions } from "../compose-options.ts";
import { EXIT } from "../exit.ts";
import { flagOf } from "../option.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import { noticeLine } from "../progress/describe.ts";
import { requireConfigFile } from "../settings.ts";

/** Makes a compose file, as the page of the Compose Builder does, or switches the source of one. Asks nobody. */
export const run: Run<typeof composeOptions> = async (context, { options }) => {
  const file = requireConfigFile(context);
  const { config } = loadOpenConfig(file, context.environment, secretsLeftOut);
  const data = siteDataOf(config);
  const site = config.site ?? {};
  if (options.switch !== undefined) {
    refuseBeside("switch", options, ["list", "from", "tag", "digest", "set", "setFile", "secretsFile"]);
    if (options.source === undefined) throw failure("OPTION_ALONE", { option: "--switch", needed: "--source" });
    const source = chooseSource(options.source, data.sources, site);
    return await switchImages(context, options, options.switch, source, data);
  }
  const form = data.compose;
  if (form === undefined) throw failure("COMPOSE_NOT_CONFIGURED", { file });
  if (options.list) return await list(context, form, data);
  const start = startValues(form, data.sources, options, context);
  const source = chooseSource(options.source ?? start.source, data.sources, site);
  warnOf(source, context);
  const made = makeFile({ form, data, source, start, options, language: context.words.language });
  const { image, generated } = made;
  for (const field of generated) note(context, context.words.text("compose.generated", { field }));
  await deliverFiles(context, options, made, { source: source.id, image, generated });
  return EXIT.done;
};

async function switchImages(
  context: Context,
  options: ComposeOptions,
  file: string,
  source: Source,
  data: SiteData,
): Promise<number> {
  warnOf(source, context);
  const { text, switched, there, kept } = switchedFile(file, source.id, data, context);
  for (const { from, to } of switched) note(context, context.words.text("compose.switched", { from, to }));
  for (const image of there) note(context, context.words.text("compose.there", { image, source: source.id }));
  for (const image of kept) note(context, context.words.text("compose.kept", { image }));
  // What is read can be written over: all of it is in what is written.
  const force = options.force || options.output === file;
  await deliverFiles(context, { ...options, force }, { text }, { source: source.id, switched, there, kept });
  return EXIT.done;
}

async function list(context: Context, form: ComposeForm, { sources }: SiteData): Promise<number> {
  const { command, globals, words, out, paint } = context;
  await tellResult(context, { version: 1, command, ok: true, sources, fields: form.fields });
  if (globals.json) return EXIT.done;
  for (const line of listLines(form, sources, words, paint.out)) out.write(`${line}\n`);
  return EXIT.done;
}

/** @throws OPTIONS_CONFLICT */
function refuseBeside(
  one: keyof ComposeOptions,
  options: ComposeOptions,
  others: readonly (keyof ComposeOptions)[],
): void {
  const given = others.find((name) => {
    const value = options[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
  if (given !== undefined) throw failure("OPTIONS_CONFLICT", { one: flagOf(one), other: flagOf(given) });
}

/** Whoever takes a source that something is the matter with is told what. */
function warnOf({ id, state }: Source, { words, err, paint }: Context): void {
  if (state.kind === "active") return;
  const told = words.text(`compose.${state.kind}`, { source: id, reason: state.reason[words.language] });
  err.write(`${noticeLine("warn", told, { words, paint: paint.err })}\n`);
}

function note({ err, paint }: Context, text: string): void {
  err.write(`${paint.err("green", "✓")} ${printable(text)}\n`);
}
