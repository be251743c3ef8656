export const KiB = 1024;
export const MiB = 1024 * KiB;

const BYTES = [64 * KiB, MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB];
const SECONDS = [1, 2, 5, 10, 15, 20, 30, 45, 60, 75, 90];

/** `0 B`, or the next round number: a figure that noise does not change. */
export function bytesAtMost(bytes: number): string {
  return bytes <= 0 ? "0 B" : atMost(bytes, BYTES, (round) => (round < MiB ? `${round / KiB} KiB` : mebibytes(round)));
}

/** The bound where it is kept, else how far it was passed. */
export function memoryWithin(bytes: number, bound: number): string {
  return bytes <= bound ? `≤ ${mebibytes(bound)} of memory` : `${mebibytes(bytes)} of memory`;
}

/** The next round number of seconds. */
export function secondsAtMost(seconds: number): string {
  return Number.isFinite(seconds) ? atMost(seconds, SECONDS, (round) => `${round} s`) : "";
}

/** `1.00×`: how often all of something went over the wire. */
export function times(bytes: number, whole: number): string {
  return `${(bytes / whole).toFixed(2)}×`;
}

/** `1 request`, `2,000 requests` */
export function count(amount: number, thing: string): string {
  return `${amount.toLocaleString("en")} ${thing}${amount === 1 ? "" : "s"}`;
}

function atMost(amount: number, rounds: readonly number[], show: (round: number) => string): string {
  const round = rounds.find((limit) => amount <= limit);
  return round === undefined ? `> ${show(rounds.at(-1) ?? 0)}` : `≤ ${show(round)}`;
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / MiB)} MiB`;
}
