import type { Patience } from "../origin.ts";

export const DEFAULT_PATIENCE: Patience = { attempts: 5, baseMilliseconds: 500 };
const LONGEST_PAUSE = 60_000;
const LONGEST_BACK_OFF = 10_000;

/**
 * How long a Retry-After header asks to wait, in milliseconds, clamped to one minute: a number of seconds or a date.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const asked = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 0), LONGEST_PAUSE);
}

/** The pause after so many failures in a row, half of it left to chance, in milliseconds. */
export function backOff({ baseMilliseconds }: Patience, failures: number): number {
  const most = Math.min(LONGEST_BACK_OFF, baseMilliseconds * 2 ** (failures - 1));
  return most / 2 + Math.random() * (most / 2);
}
