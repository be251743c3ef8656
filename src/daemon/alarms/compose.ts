import { createHash } from "node:crypto";
import type { Message, State } from "../../notify/index.ts";
import { printable } from "../../words/printable.ts";
import type { Words } from "../../words/words.ts";
import { linesOf } from "./lines.ts";
import { linksTo } from "./links.ts";
import type { Item, News } from "./news.ts";
import type { Setting } from "./setting.ts";
import { timeText } from "./time-text.ts";

/** A program is told so many names; the number of all comes along. */
const MOST_NAMES = 100;

/** The message about something that happened: in each language with the same id, which says what it is about. */
export function compose(news: News, setting: Setting): (words: Words) => Message {
  const id = idOf(news);
  const subjects = news.items.map(({ incident }) => incident.subject);
  const mirrors = news.kind === "expiry" || news.kind === "configuration" ? [] : subjects;
  const type = typeOf(news);
  const run = news.items.length === 1 ? runOf(news.items[0]) : undefined;
  return (words) => ({
    id,
    type,
    time: new Date(news.at),
    state: stateOf(news),
    title: titleOf(news, setting, words),
    facts: factsOf(news, setting, words),
    lines: linesOf(news, setting, words),
    links: linksTo(setting, { run, mirrors }, words),
    cutMark: words.text("notify.cut"),
    data: {
      project: setting.project,
      subjects: subjects.slice(0, MOST_NAMES),
      count: subjects.length,
      errors: [...new Set(news.items.flatMap(({ incident }) => incident.error?.code ?? []))],
      ...(run !== undefined && { run }),
    },
  });
}

/** The same for the same incidents at the same stage, whoever makes it. Without a full stop, which signatures are made with. */
function idOf({ kind, phase, items }: News): string {
  const about = items
    .map(({ incident: { subject, since, times } }) => JSON.stringify([subject, since, times]))
    .toSorted();
  const hash = createHash("sha256").update(JSON.stringify([kind, phase, about]));
  return `msg_${hash.digest("hex").slice(0, 32)}`;
}

const TYPES: Readonly<Record<News["kind"], readonly [work: string, state: string]>> = {
  failed: ["sync", "failed"],
  partial: ["sync", "partial"],
  silence: ["sync", "silent"],
  lag: ["sync", "behind"],
  success: ["sync", "unreliable"],
  expiry: ["credential", "expiring"],
  configuration: ["configuration", "refused"],
};

function typeOf({ kind, phase }: News): string {
  const [work, state] = TYPES[kind];
  if (phase === "over") return `slipway.${work}.recovered`;
  return `slipway.${work}.${phase === "again" && kind !== "expiry" ? "still-failing" : state}`;
}

function stateOf({ kind, phase, at, items }: News): State {
  if (phase === "over") return "recovered";
  switch (kind) {
    case "failed":
    case "silence":
    case "configuration":
      return "failed";
    case "partial":
    case "lag":
    case "success":
      return "partial";
    case "expiry":
      return items.some(({ trouble }) => trouble?.kind === "expiry" && trouble.ends <= at) ? "failed" : "partial";
  }
}

function titleOf(news: News, { project }: Setting, words: Words): string {
  const { kind, phase } = news;
  const what = whatOf(news, printable(project), words);
  if (phase === "over") return words.text("notify.title.recovered", { what });
  switch (kind) {
    case "failed":
    case "partial":
      return words.text(phase === "again" ? "notify.title.still-failing" : `notify.title.${kind}`, { what });
    default:
      return words.text(`alarm.title.${kind}`, { what });
  }
}

function whatOf({ kind, items }: News, project: string, words: Words): string {
  const [first] = items;
  if (kind === "configuration") return words.text("alarm.what.configuration", { project });
  const what = kind === "expiry" ? "credential" : "mirror";
  if (items.length !== 1 || first === undefined)
    return words.text(`alarm.what.${what}s`, { project, count: items.length });
  return words.text(`alarm.what.${what}`, { project, subject: printable(first.incident.subject) });
}

/** Since when, where one thing is told. */
function factsOf({ kind, items, phase }: News, { timeZone }: Setting, words: Words): Message["facts"] {
  const [first] = items;
  const isClear = kind === "failed" || kind === "partial" || kind === "configuration";
  if (items.length !== 1 || first === undefined || phase === "over" || !isClear) return [];
  return [{ key: "since", label: words.text("alarm.fact.since"), value: timeText(first.incident.since, timeZone) }];
}

function runOf(item: Item | undefined): string | undefined {
  const trouble = item?.trouble;
  return trouble?.kind === "failed" || trouble?.kind === "partial" ? trouble.run : undefined;
}
