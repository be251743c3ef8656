import type { Language } from "./words.ts";

const MINUTE = 60_000;
const UNITS = [
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
  ["second", 1000],
] as const;

/** `Mar 4, 2025, 14:05`, in the reader's time zone. `at`: milliseconds since 1970. */
export function formatInstant(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** `14:05`, in the reader's time zone. */
export function formatTime(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at);
}

/** `Mar 4, 2025`, in the reader's time zone. `at`: milliseconds since 1970. */
export function formatDay(language: Language, at: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at);
}

/** `3 hours ago`, `in 5 minutes`. Both are milliseconds since 1970. */
export function formatAgo(language: Language, at: number, now: number): string {
  const distance = at - now;
  const [unit, size] = unitOf(Math.abs(distance));
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return format.format(Math.round(distance / size), unit);
}

/** `3 hours`, `45 minutes`, `0 seconds`. */
export function formatDuration(language: Language, milliseconds: number): string {
  const [unit, size] = unitOf(milliseconds);
  const count = Math.round(milliseconds / size);
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** `230 ms`, `1.4 s`: how long an answer took. */
export function formatMilliseconds(language: Language, milliseconds: number): string {
  const [unit, value, digits] =
    milliseconds < 1000 ? (["millisecond", milliseconds, 0] as const) : (["second", milliseconds / 1000, 1] as const);
  const options = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(language, options).format(value);
}

/** `12,345`. `options`: as of Intl. */
export function formatNumber(language: Language, value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(language, options).format(value);
}

/** `3.4 GB`: by thousands, as disks and registries count. */
export function formatBytes(language: Language, bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const options = {
    style: "unit",
    unit: units[power],
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: power === 0 ? 0 : 1,
  } as const;
  return new Intl.NumberFormat(language, options).format(bytes / 1000 ** power);
}

/** The largest unit that says it well: `1 hour` and `90 minutes`, `2 days` and `36 hours`; seconds for what is short. */
function unitOf(milliseconds: number): (typeof UNITS)[number] {
  const saysIt = (size: number) => milliseconds >= 2 * size || milliseconds === size;
  return UNITS.find(([, size]) => saysIt(size)) ?? UNITS[3];
}
