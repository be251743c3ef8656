import { Refusal } from "./refusal.ts";

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `1.5m`, `1h30m`, `1d` or `500ms`, as milliseconds. @throws Refusal */
export function parseDuration(value: string): number {
  const refusal = new Refusal("expected a time, such as 30s, 1h30m or 1d");
  if (!/^(?:\d+(?:\.\d+)?\s*(?:ms|[smhd])\s*)+$/i.test(value)) throw refusal;
  const parts = [...value.matchAll(/([\d.]+)\s*(ms|[smhd])/gi)];
  const milliseconds = Math.round(
    parts.reduce((sum, [, digits = "", unit = ""]) => sum + Number(digits) * (UNITS[unit.toLowerCase()] ?? 0), 0),
  );
  if (milliseconds < 1 || !Number.isSafeInteger(milliseconds)) throw refusal;
  return milliseconds;
}
