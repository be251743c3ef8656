import type { Instant } from "../../store/records.ts";

/** An instant for people: `2026-09-30 16:00 Asia/Shanghai`. @param timeZone IANA's name */
export function timeText(at: Instant, timeZone: string): string {
  return `${localTime(at, timeZone)} ${timeZone}`;
}

/** `2026-09-30 16:00`, by the clocks of a time zone; texts compare as times do. */
export function localTime(at: Instant, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, day, hour, minute] = (["year", "month", "day", "hour", "minute"] as const).map((one) =>
    parts.get(one),
  );
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** To make one costs a thousand times as much as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
}
