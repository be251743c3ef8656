import { loadOpenConfig, secretsLeftOut } from "../../config/slipway/load-open.ts";
import { siteDataOf } from "../../site/data/site-data.ts";
import { type MarkdownFacts, newPage } from "../../site/markdown/index.ts";
import { siteWords } from "../../site/words.ts";
import { failure } from "../../words/error.ts";
import type { Context, Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { tellResult } from "../output/result.ts";
import { replacePage } from "../publish/contract-file.ts";
import { requireConfigFile } from "../settings.ts";
import { markdownFiles } from "../site/markdown-files.ts";
import { readStatusAt, statusPlaceOf } from "../site/status-place.ts";
import { tellMarkdown, tellOutdated } from "../site/tell-markdown.ts";
import type { siteMarkdownOptions } from "../site-options.ts";

/** Writes what is to be said of the sources as Markdown and JSON, or keeps it in step in pages that somebody wrote. */
export const run: Run<typeof siteMarkdownOptions> = async (context, { positional, options }) => {
  const { out, for: generator, check } = options;
  const { language: usual } = context.words;
  const asked = context.globals.lang;
  const facts = await factsOf(options.status, context);
  if (out === undefined && positional.length === 0) {
    if (check) throw failure("OPTION_ALONE", { option: "--check", needed: "--out" });
    const page = newPage(facts, siteWords(usual), generator);
    await tellResult(context, { version: 1, command: context.command, ok: true, page });
    if (!context.globals.json) context.out.write(page);
    return EXIT.done;
  }
  const files = markdownFiles({ facts, out, pages: positional, generator, asked, usual });
  const changed = files.filter(({ state }) => state !== "unchanged");
  if (check && changed.length > 0) return await tellOutdated(files, context);
  for (const { file, text } of check ? [] : changed) await replacePage(file, text);
  await tellMarkdown(files, context);
  return EXIT.done;
};

async function factsOf(status: string | undefined, context: Context): Promise<MarkdownFacts> {
  const { config } = loadOpenConfig(requireConfigFile(context), context.environment, secretsLeftOut);
  const address = config.site?.url;
  return {
    data: siteDataOf(config),
    ...(status !== undefined && { status: await readStatusAt(statusPlaceOf(status), context) }),
    ...(address !== undefined && { address }),
  };
}
