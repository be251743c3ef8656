import { createHash } from "node:crypto";
import type { Refusals } from "../work/way.ts";
import type { Refusal } from "./counter.ts";

/** Milliseconds. */
export interface Pause {
  readonly from: number;
  readonly until: number;
}

/** What was sent before a refusal could be read may still come. */
const UNDER_WAY_MILLISECONDS = 250;

/** Decides which requests are refused: the same ones, counted as they come, for the same seed. */
export class Refuser {
  readonly #way: Refusals;
  readonly #seed: string;
  readonly #pauses: Pause[] = [];
  #asked = 0;
  #early = 0;

  constructor(way: Refusals, seed: string) {
    this.#way = way;
    this.#seed = seed;
  }

  /** When nothing should have been asked. */
  get pauses(): readonly Pause[] {
    return this.#pauses;
  }

  /** How many requests came nevertheless. */
  get early(): number {
    return this.#early;
  }

  /** Called for each request. */
  readonly refuse = (): Refusal | undefined => {
    const now = performance.now();
    this.#asked += 1;
    if (this.#pauses.some(({ from, until }) => now > from + UNDER_WAY_MILLISECONDS && now < until)) this.#early += 1;
    const { status, share, retryAfterSeconds } = this.#way;
    if (chance(`${this.#seed} ${this.#asked}`) >= share) return undefined;
    if (retryAfterSeconds === undefined) return { status, headers: {} };
    this.#pauses.push({ from: now, until: now + retryAfterSeconds * 1000 });
    return { status, headers: { "retry-after": String(retryAfterSeconds) } };
  };
}

/** A number from 0 to 1 that follows from a text. */
export function chance(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
}

/** Seconds that are in any of the pauses. */
export function secondsOf(pauses: readonly Pause[]): number {
  const sorted = [...pauses].sort((one, other) => one.from - other.from);
  let [sum, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, until } of sorted) {
    sum += Math.max(0, until - Math.max(from, end));
    end = Math.max(end, until);
  }
  return sum / 1000;
}
