import { appendFile } from "node:fs/promises";
import { readActionsRun } from "../../github/index.ts";
import { send, wants } from "../../notify/index.ts";
import { asFailure } from "../../words/error.ts";
import { wordsOf } from "../../words/words.ts";
import type { Context } from "../command.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../output/width.ts";
import { noticeLine } from "../progress/describe.ts";
import { verbatim } from "../report/step-summary.ts";
import { composer, occasionsOf } from "./compose.ts";
import { endingOf, type News } from "./news.ts";
import type { Notifying } from "./notifier.ts";
import { keepEnding, type Previous, previousFile, previousGiven, previousKept } from "./previous.ts";

/** One try and no long wait: whoever has interrupted a run kills it soon. */
const HASTE = { tries: 1, milliseconds: 5000 } as const;

/** Tells those of the channels that want to hear of it. Never throws: what could not be said is a warning, and kept. */
export async function tellAll(
  context: Context,
  { work, project, folder, channels }: Notifying,
  news: News,
): Promise<void> {
  const { environment, words, version, signal } = context;
  if (isKnown(context, news)) return;
  const file = previousFile(folder, work);
  const given = previousGiven(environment);
  const previous: Previous = given ?? (await previousKept(file));
  const occasions = occasionsOf(news, previous);
  const chosen = channels.filter((channel) => wants(channel, occasions));
  if (given === undefined) await keep(context, file, news);
  if (chosen.length === 0) return;
  const compose = composer(news, { previous, project, runUrl: await runUrlOf(context) });
  const deliveries = await send(chosen, (language) => compose(wordsOf(language)), words.language, {
    environment,
    userAgent: `slipway/${version}`,
    ...(signal.aborted ? HASTE : { signal }),
  });
  context.notified.push(...deliveries);
  for (const delivery of deliveries) {
    if (!delivery.ok) await warn(context, words.text("notify.unsent", { reason: words.error(delivery.error).message }));
  }
}

/** Whoever interrupts a run, or types it wrong, at a terminal has seen it; in CI nobody has. */
function isKnown({ environment: { CI, GITHUB_ACTIONS } }: Context, { exit }: News): boolean {
  const isWatched = (CI ?? "") === "" && GITHUB_ACTIONS !== "true";
  return isWatched && (exit === EXIT.interrupted || exit === EXIT.usage);
}

async function keep(context: Context, file: string, news: News): Promise<void> {
  try {
    await keepEnding(file, endingOf(news));
  } catch (thrown) {
    const { facts } = asFailure(thrown);
    await warn(context, context.words.text("notify.forgetful", { file, reason: facts.reason ?? "" }));
  }
}

async function warn({ err, words, paint, globals, environment }: Context, text: string): Promise<void> {
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  err.write(`${noticeLine("warn", printable(text), style)}\n`);
  const summary = environment.GITHUB_STEP_SUMMARY ?? "";
  if (summary === "") return;
  // Of a run's own affairs none may fail it after the fact.
  await appendFile(summary, `> [!WARNING]\n> ${verbatim(text)}\n\n`).catch(() => undefined);
}

async function runUrlOf({ environment }: Context): Promise<string | undefined> {
  const run = await readActionsRun(environment).catch(() => undefined);
  return run === undefined || run.runId === "" ? undefined : run.runUrl;
}
