import { basename } from "node:path";
import { problemsOf } from "../../config/reading/problems.ts";
import { loadOpenConfig, type OpenConfig, secretsLeftOut } from "../../config/slipway/load-open.ts";
import { firstDifference, type LineDifference } from "../../release/contract/difference.ts";
import { namesLeftOpen } from "../../release/contract/left-open.ts";
import { contractMaterial } from "../../release/contract/material.ts";
import { contractPage } from "../../release/contract/page.ts";
import { languageOfPage } from "../../release/contract/page-language.ts";
import { publishTargets } from "../../release/targets.ts";
import { failure, SlipwayError } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import type { Context, Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { EXIT } from "../exit.ts";
import { failureJson, failureLines } from "../output/failure.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import { contractFile, readPage, replacePage } from "../publish/contract-file.ts";
import { graphFacts } from "../publish/graph-facts.ts";
import type { contractOptions } from "../publish-options.ts";
import { requireConfigFile } from "../settings.ts";

/** Writes the image contract from the configuration, or compares it. Asks nobody, and needs no secrets. */
export const run: Run<typeof contractOptions> = async (context, { options }) => {
  checkDryRun(options);
  if (options.check && options.dryRun) throw failure("OPTIONS_CONFLICT", { one: "--check", other: "--dry-run" });
  const { command, globals, words, out, err, paint } = context;
  const config = requireConfigFile(context);
  const open = openConfig(config, context.environment);
  const file = contractFile(config, open.config.publishing.contract, options.output);
  const there = readPage(file);
  // What was written in Chinese stays Chinese on a machine that speaks English, unless somebody says otherwise.
  const asked = options.check ? undefined : globals.lang;
  const language = asked ?? languageOfPage(there ?? "") ?? words.language;
  const targets = publishTargets(graphFacts(open.config));
  const page = contractPage(contractMaterial(basename(config), open, targets), wordsOf(language));
  const difference = firstDifference(there, page);
  const changed = difference !== undefined;
  const result = { version: 1, command, ok: true, file, changed };

  if (options.dryRun) {
    await tellResult(context, { ...result, page });
    if (!globals.json) out.write(page);
    return changed && options.detailedExitcode ? EXIT.drift : EXIT.done;
  }
  if (options.check && changed) return tellOutdated(context, file, difference);
  if (changed) {
    if ((there ?? "").trim() !== "" && languageOfPage(there ?? "") === undefined) {
      throw failure("CONTRACT_FOREIGN", { file });
    }
    await replacePage(file, page);
  }
  await tellResult(context, result);
  const said = options.check ? "contract.in-step" : changed ? "contract.written" : "contract.unchanged";
  if (!globals.json) err.write(`${paint.err("green", "✓")} ${words.text(said, { file: printable(file) })}\n`);
  return EXIT.done;
};

/** Where a variable stands for what is no text, its value is needed after all. @throws CONFIG_* */
function openConfig(file: string, environment: NodeJS.ProcessEnv): OpenConfig {
  try {
    return loadOpenConfig(file, environment, namesLeftOpen);
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError) || problemsOf(thrown).every(isMissing)) throw thrown;
    return loadOpenConfig(file, environment, secretsLeftOut);
  }
}

function isMissing({ code }: SlipwayError): boolean {
  return code === "CONFIG_VARIABLE_MISSING" || code === "CONFIG_VARIABLE_REQUIRED";
}

/** @returns the exit code */
async function tellOutdated(context: Context, file: string, difference: LineDifference): Promise<number> {
  const { command, globals, words, out, err, paint } = context;
  const error = failure("CONTRACT_OUTDATED", { file });
  const errors = [failureJson(error, words)];
  await tellResult(context, { version: 1, command, ok: false, file, changed: true, difference, errors });
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  for (const line of failureLines([error], style)) err.write(`${line}\n`);
  if (globals.json) return EXIT.drift;
  const { line, found, expected } = difference;
  out.write(`${words.text("contract.line", { line })}\n`);
  if (found !== undefined) out.write(`${paint.out("red", `- ${printable(found)}`)}\n`);
  if (expected !== undefined) out.write(`${paint.out("green", `+ ${printable(expected)}`)}\n`);
  return EXIT.drift;
}
