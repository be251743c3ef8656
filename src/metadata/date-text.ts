import dayjs from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat.js";
import dayOfYear from "dayjs/plugin/dayOfYear.js";
import isoWeek from "dayjs/plugin/isoWeek.js";
import utc from "dayjs/plugin/utc.js";
import weekOfYear from "dayjs/plugin/weekOfYear.js";
import weekYear from "dayjs/plugin/weekYear.js";
import type { DateToken } from "./date-format.ts";

for (const plugin of [utc, advancedFormat, dayOfYear, isoWeek, weekOfYear, weekYear]) dayjs.extend(plugin);

const MINUTE = 60_000;

/**
 * A date by the tokens of a format, as clocks in a time zone show it.
 *
 * Day.js formats UTC only, of a moment moved by the zone's offset: its own zones go through the machine's, where an hour
 * in spring does not exist.
 */
export function dateText(date: Date, tokens: readonly DateToken[], timeZone: string): string {
  const offset = offsetMinutes(date, timeZone);
  const shown = dayjs.utc(date.getTime() + offset * MINUTE);
  return tokens.map((part) => (part.kind === "text" ? part.text : tokenText(part.token))).join("");

  function tokenText(token: string): string {
    switch (token) {
      case "DDD":
        return String(shown.dayOfYear());
      case "DDDD":
        return String(shown.dayOfYear()).padStart(3, "0");
      case "X":
        return String(Math.floor(date.getTime() / 1000));
      case "x":
        return String(date.getTime());
      case "Z":
        return offsetText(offset, ":");
      case "ZZ":
        return offsetText(offset, "");
      default:
        return shown.format(token);
    }
  }
}

/** How far a zone is ahead of UTC at a moment. */
function offsetMinutes(date: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const name = format.formatToParts(date).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  if (hours === undefined) return 0; // UTC itself is called GMT
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function offsetText(minutes: number, separator: string): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}${separator}${String(rest).padStart(2, "0")}`;
}
