import { Refusal } from "./refusal.ts";

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** `20MiB`, `20MB` or plain bytes, as bytes. @throws Refusal */
export function parseBytes(value: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const bytes = Math.round(Number(digits) * (factor ?? 0));
  if (bytes < 1 || !Number.isSafeInteger(bytes)) throw new Refusal("expected a size, such as 20MiB or 20MB");
  return bytes;
}

/** `20MB/s` or `20MB`, as bytes a second. @throws Refusal */
export function parseRate(value: string): number {
  return parseBytes(value.replace(/\/s$/, ""));
}
