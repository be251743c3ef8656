import { Refusal } from "./refusal.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30s`, `1.5m` or `500ms`, as milliseconds. @throws Refusal */
export function parseDuration(value: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/i.exec(value) ?? [];
  const milliseconds = Math.round(Number(digits) * (UNITS[unit.toLowerCase()] ?? 0));
  if (milliseconds < 1 || !Number.isSafeInteger(milliseconds)) throw new Refusal("expected a time, such as 30s or 2m");
  return milliseconds;
}
