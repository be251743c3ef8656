import type { IncidentRecord, Instant } from "../../store/records.ts";
import type { IncidentChange } from "../../store/store.ts";
import { localTime } from "./time-text.ts";

const DAY = 24 * 3_600_000;
/** Whoever turns it on again after longer begins anew. */
const LONGEST = 7 * DAY;
const KIND = "digest";

/** A digest that is due, and the note by which it is sent once. */
export interface DueDigest {
  readonly change: IncidentChange;
  /** What it tells of. Left out: nothing yet; from now on days are counted. */
  readonly period?: { readonly from: Instant; readonly to: Instant };
}

/**
 * Whether it is time for the digest of a day: once its time of day has come by the clocks there, on each day once, also
 * where clocks are put forward over it or back behind it, and however late it is noticed.
 * @param time `09:00`
 * @param timeZone IANA's name
 */
export function dueDigest(
  incidents: readonly IncidentRecord[],
  { time, timeZone, now }: { readonly time: string; readonly timeZone: string; readonly now: Instant },
): DueDigest | undefined {
  const was = incidents.find(({ kind }) => kind === KIND);
  const is = { kind: KIND, subject: "", since: now, times: (was?.times ?? 0) + 1 };
  if (was === undefined || now - was.since > LONGEST) return { change: { ...(was !== undefined && { was }), is } };
  const day = (at: Instant) => digestDay(localTime(at, timeZone), time);
  if (day(now) <= day(was.since)) return undefined;
  return { change: { was, is }, period: { from: was.since, to: now } };
}

/** The last day whose digest was due by then. */
function digestDay(local: string, time: string): string {
  const [date = "", clock = ""] = local.split(" ");
  if (clock >= time) return date;
  return new Date(Date.parse(date) - DAY).toISOString().slice(0, date.length);
}
