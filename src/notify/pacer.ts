import { setTimeout as sleep } from "node:timers/promises";
import type { Pace } from "./hook.ts";

/** Lets messages to one address go no faster than it takes them. What other processes send is not known here. */
export interface Pacer {
  /** Resolves when the next message may go; those who ask first go first. @throws the signal's reason */
  turn(address: string, paces: readonly Pace[], signal?: AbortSignal): Promise<void>;
}

export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (thrown) {
      signal?.throwIfAborted();
      throw thrown;
    }
  },
};

export function createPacer(clock: Clock = systemClock): Pacer {
  /** By address: when the last messages go, the oldest first. */
  const turns = new Map<string, readonly number[]>();
  return {
    turn: async (address, paces, signal) => {
      const past = turns.get(address) ?? [];
      const soonest = paces.map(
        ({ count, milliseconds }) => (past.at(-count) ?? Number.NEGATIVE_INFINITY) + milliseconds,
      );
      const at = Math.max(clock.now(), ...soonest);
      turns.set(address, [...past, at].slice(-Math.max(...paces.map(({ count }) => count))));
      const wait = at - clock.now();
      if (wait > 0) await clock.sleep(wait, signal);
    },
  };
}
