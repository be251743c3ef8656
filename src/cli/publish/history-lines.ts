import type { PastEntry, PastRun } from "../../release/journal.ts";
import type { Words } from "../../words/words.ts";
import type { Paint } from "../output/color.ts";
import { printable } from "../output/width.ts";

/** More runs than these help nobody. */
const MOST_RUNS = 10;

/** What this machine remembers of earlier runs, the newest last; nothing where there were none. */
export function historyLines(runs: readonly PastRun[], words: Words, paint: Paint): readonly string[] {
  if (runs.length === 0) return [];
  const lines = runs.slice(-MOST_RUNS).map(({ entries }) => {
    const [first] = entries;
    const facts = { at: first?.at ?? "", command: first?.command ?? "?", ending: endingOf(entries, words) };
    return `  ${paint("dim", printable(words.text("why.run", facts)))}`;
  });
  return ["", words.text("why.history"), ...lines];
}

/** A run that has no end in its journal was killed: at what it had begun and not recorded as done. */
function endingOf(entries: readonly PastEntry[], words: Words): string {
  const failed = entries.findLast(({ state, status }) => state === "step" && status === "failed");
  if (failed !== undefined) return words.text("why.run.step", { step: failed.step ?? "?", code: failed.code ?? "?" });
  const ended = entries.find(({ state }) => state === "ended");
  if (ended !== undefined) return words.text("why.run.ended", { exit: ended.exit ?? 0 });
  const last = entries.findLast(({ state }) => state === "intent" || state === "done");
  return last === undefined
    ? words.text("why.run.idle")
    : words.text("why.run.killed", { effect: `${last.kind ?? "?"} ${last.subject ?? ""}`.trim() });
}
