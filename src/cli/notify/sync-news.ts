import type { Outcome } from "../../copy/outcome.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { printable } from "../output/width.ts";
import { type RunFacts, totalsOf } from "../report/report.ts";
import { failureGroups, sumParts } from "../report/summary.ts";
import type { News } from "./news.ts";

/** So many reasons are read; the report has the others. */
const MOST_REASONS = 5;

export interface SyncEnd {
  readonly subject: string;
  readonly outcomes: readonly Outcome[];
  readonly stops: readonly SlipwayError[];
  readonly facts: RunFacts;
  readonly exit: number;
}

/** How many of each kind, and each reason once with the first image that it struck. */
export function syncNews({ subject, outcomes, stops, facts, exit }: SyncEnd): News {
  const groups = failureGroups(outcomes);
  return {
    work: "sync",
    subject,
    exit,
    hasReleased: false,
    facts: (words) => [
      { key: "result", label: words.text("notify.fact.result"), value: sumParts(outcomes, facts, words).join(" · ") },
    ],
    lines: (words) => [
      ...stops.map((stop) => errorLine(stop, words)),
      ...groups.slice(0, MOST_REASONS).flatMap(({ error, outcomes: struck }) => {
        const [first] = struck;
        const reason = errorLine(error, words);
        if (first === undefined) return [reason];
        const { source, destination } = first;
        return [printable(words.text("notify.line.outcomes", { reason, count: struck.length, source, destination }))];
      }),
      ...(groups.length > MOST_REASONS
        ? [words.text("notify.line.reasons", { count: groups.length - MOST_REASONS })]
        : []),
    ],
    data: { totals: totalsOf(outcomes, facts), errors: [...stops, ...groups.map(({ error }) => error)].map(codeOf) },
  };
}

export function errorLine(error: SlipwayError, words: Words): string {
  return printable(words.error(error).message);
}

export function codeOf({ code }: SlipwayError): string {
  return code;
}
