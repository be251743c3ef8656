import { spanText } from "../../site/sources/span.ts";
import { printable } from "../../words/printable.ts";
import type { Words } from "../../words/words.ts";
import type { Item, News } from "./news.ts";
import { hintOf, reasonOf } from "./reason.ts";
import type { Setting } from "./setting.ts";
import { timeText } from "./time-text.ts";
import type { Trouble } from "./trouble.ts";

/** So many are read; the dashboard has the others. */
const MOST_LISTED = 10;
const MOST_REASONS = 5;
const DAY = 24 * 3_600_000;

/** What a message tells of each of its incidents, or of each reason that they have in common. */
export function linesOf(news: News, setting: Setting, words: Words): readonly string[] {
  if (news.phase !== "over" && (news.kind === "failed" || news.kind === "partial")) return byReason(news.items, words);
  const lines = news.items.slice(0, MOST_LISTED).map((item) => itemLine(item, news, setting, words));
  const left = news.items.length - MOST_LISTED;
  const hint = news.items.flatMap(({ trouble }) =>
    trouble?.kind === "configuration" ? hintOf(trouble.error, words) : [],
  );
  return [...lines, ...(left > 0 ? [words.text("alarm.line.left", { count: left })] : []), ...hint];
}

/** Each reason once, with those that it struck: many mirrors fail for one registry. */
function byReason(items: readonly Item[], words: Words): readonly string[] {
  const groups = [...Map.groupBy(items, ({ incident }) => incident.error?.code ?? "").values()].toSorted(
    (one, other) => other.length - one.length,
  );
  const lines = groups.slice(0, MOST_REASONS).flatMap((group) => {
    const error = group[0]?.incident.error;
    const reason = error === undefined ? words.text("alarm.line.unknown") : reasonOf(error, words);
    return items.length === 1
      ? [reason]
      : [words.text("alarm.line.reason", { reason, mirrors: namesOf(group, words) })];
  });
  const error = groups.length === 1 ? groups[0]?.[0]?.incident.error : undefined;
  const left = groups.length - MOST_REASONS;
  return [
    ...lines,
    ...(left > 0 ? [words.text("notify.line.reasons", { count: left })] : []),
    ...(error === undefined ? [] : [hintOf(error, words)]),
  ];
}

function namesOf(items: readonly Item[], words: Words): string {
  const names = items.slice(0, MOST_LISTED).map(({ incident }) => printable(incident.subject));
  const listed = names.join(words.text("alarm.list.comma"));
  const left = items.length - names.length;
  return left > 0 ? words.text("alarm.list.more", { listed, count: left }) : listed;
}

function itemLine({ incident, trouble }: Item, { phase, at }: News, setting: Setting, words: Words): string {
  const facts = { subject: printable(incident.subject), since: timeText(incident.since, setting.timeZone) };
  if (phase === "over" || trouble === undefined || trouble.kind === "failed" || trouble.kind === "partial") {
    return words.text("alarm.line.over", facts);
  }
  return troubleLine(trouble, facts, at, setting, words);
}

function troubleLine(
  trouble: Exclude<Trouble, { readonly kind: "failed" | "partial" }>,
  facts: { readonly subject: string; readonly since: string },
  now: number,
  { targets, timeZone }: Setting,
  words: Words,
): string {
  switch (trouble.kind) {
    case "silence":
      return words.text("alarm.line.silence", facts);
    case "lag": {
      const target = spanText(targets.lag / 1000, words.language);
      return words.text("alarm.line.lag", { ...facts, tags: trouble.tags, target });
    }
    case "success": {
      const { runs, rate } = trouble;
      return words.text("alarm.line.success", { ...facts, runs, rate: rateText(rate), target: targets.success });
    }
    case "expiry": {
      const date = timeText(trouble.ends, timeZone);
      if (trouble.ends <= now) return words.text("alarm.line.expired", { ...facts, date });
      return words.text("alarm.line.expiry", { ...facts, date, days: Math.ceil((trouble.ends - now) / DAY) });
    }
    case "configuration":
      return reasonOf(trouble.error, words);
  }
}

/** `98.7`: never rounded up to what it is not. */
export function rateText(rate: number): string {
  return String(Math.floor(rate * 10) / 10);
}
