import type { Fact, Message } from "../../notify/index.ts";
import { spanText } from "../../site/sources/span.ts";
import type { EndedRuns, IncidentRecord, Instant, OutboxRecord, TagSummary } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { formatBytes } from "../../words/format-bytes.ts";
import { printable } from "../../words/printable.ts";
import type { Words } from "../../words/words.ts";
import { incidentText, openIncidents } from "./incident-text.ts";
import { rateText } from "./lines.ts";
import { linksTo } from "./links.ts";
import type { Setting } from "./setting.ts";
import { timeText } from "./time-text.ts";

const MOST_LISTED = 15;
/** Messages that are looked through for those that could not be delivered. */
const MOST_MESSAGES = 1000;

/** All that happened in a day. */
export interface Day {
  readonly from: Instant;
  readonly to: Instant;
  readonly done: number;
  readonly partial: number;
  readonly failed: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** The greatest, milliseconds. */
  readonly lag?: { readonly mirror: string; readonly milliseconds: number };
  readonly incidents: readonly IncidentRecord[];
  /** Channels with messages that were not delivered, by how many. */
  readonly undelivered: ReadonlyMap<string, number>;
}

/** Three questions to the store, however many mirrors there are. @throws STORE_UNREACHABLE */
export async function readDay(
  store: Pick<Store, "runs" | "tags" | "outbox">,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  incidents: readonly IncidentRecord[],
): Promise<Day> {
  const [ended, tags, messages] = await Promise.all([
    store.runs.ended(from),
    store.tags.summaries(from),
    store.outbox.list(MOST_MESSAGES),
  ]);
  const lag = greatestLag(tags);
  return {
    from,
    to,
    ...totals([...ended.values()]),
    ...(lag !== undefined && { lag }),
    incidents: openIncidents(incidents),
    undelivered: undeliveredIn(messages, from),
  };
}

function totals(ended: readonly EndedRuns[]) {
  const sum = (of: (runs: EndedRuns) => number | undefined) => ended.reduce((all, one) => all + (of(one) ?? 0), 0);
  return {
    done: sum(({ states }) => states.done),
    partial: sum(({ states }) => states.partial),
    failed: sum(({ states }) => states.failed),
    bytesRead: sum(({ counts }) => counts.bytesRead),
    bytesWritten: sum(({ counts }) => counts.bytesWritten),
  };
}

function greatestLag(tags: ReadonlyMap<string, TagSummary>): Day["lag"] {
  let greatest: Day["lag"];
  for (const [mirror, { lag: milliseconds }] of tags) {
    if (milliseconds !== undefined && milliseconds > (greatest?.milliseconds ?? -1))
      greatest = { mirror, milliseconds };
  }
  return greatest;
}

function undeliveredIn(messages: readonly OutboxRecord[], from: Instant): ReadonlyMap<string, number> {
  const failed = messages.filter(({ state, error, createdAt }) => {
    return (state === "given-up" && createdAt >= from) || (state === "waiting" && error !== undefined);
  });
  return new Map([...Map.groupBy(failed, ({ channel }) => channel)].map(([channel, of]) => [channel, of.length]));
}

/** The message about a day; its id is that day's, whoever makes it. */
export function digestMessage(day: Day, setting: Setting): (words: Words) => Message {
  const { from, to, done, partial, failed, bytesRead, bytesWritten, lag, incidents, undelivered } = day;
  const { project, timeZone } = setting;
  const isWell = incidents.length === 0 && failed + partial === 0 && undelivered.size === 0;
  return (words) => ({
    id: `msg_digest_${from}`,
    type: "slipway.digest",
    time: new Date(to),
    state: isWell ? "succeeded" : "partial",
    title: words.text(isWell ? "alarm.title.digest" : "alarm.title.digest.faults", { project: printable(project) }),
    facts: factsOf(day, setting, words),
    lines: linesOf(day, timeZone, words),
    links: linksTo(setting, { mirrors: [] }, words),
    cutMark: words.text("notify.cut"),
    data: {
      project,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      runs: { done, partial, failed },
      bytesRead,
      bytesWritten,
      ...(lag !== undefined && { lag: { mirror: lag.mirror, seconds: lag.milliseconds / 1000 } }),
      incidents: incidents.length,
      undelivered: Object.fromEntries(undelivered),
    },
  });
}

function factsOf(day: Day, { targets, timeZone }: Setting, words: Words): readonly Fact[] {
  const { from, to, done, partial, failed, bytesRead, bytesWritten, lag } = day;
  const runs = done + partial + failed;
  const span = (milliseconds: number) => spanText(milliseconds / 1000, words.language);
  const fact = (key: "period" | "runs" | "success" | "lag" | "bytes", value: string): Fact => {
    return { key, label: words.text(`alarm.fact.${key}`), value };
  };
  const rate = { rate: runs === 0 ? "" : rateText((100 * done) / runs), target: targets.success };
  return [
    fact("period", words.text("alarm.digest.period", { from: timeText(from, timeZone), to: timeText(to, timeZone) })),
    fact("runs", words.text("alarm.digest.runs", { done, partial, failed })),
    ...(runs === 0 ? [] : [fact("success", words.text("alarm.digest.success", rate))]),
    ...(lag === undefined
      ? []
      : [
          fact(
            "lag",
            words.text("alarm.digest.lag", {
              lag: span(lag.milliseconds),
              mirror: printable(lag.mirror),
              target: span(targets.lag),
            }),
          ),
        ]),
    fact(
      "bytes",
      words.text("alarm.digest.bytes", { read: formatBytes(bytesRead), written: formatBytes(bytesWritten) }),
    ),
  ];
}

function linesOf({ incidents, undelivered }: Day, timeZone: string, words: Words): readonly string[] {
  const left = incidents.length - MOST_LISTED;
  const channels = [...undelivered].map(([channel, count]) => `${printable(channel)} (${count})`);
  return [
    ...incidents.slice(0, MOST_LISTED).map((incident) => incidentText(incident, words, timeZone)),
    ...(left > 0 ? [words.text("alarm.line.left", { count: left })] : []),
    ...(channels.length === 0
      ? []
      : [words.text("alarm.digest.undelivered", { channels: channels.join(words.text("alarm.list.comma")) })]),
  ];
}
