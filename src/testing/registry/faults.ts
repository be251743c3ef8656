import type { EndpointKind } from "./endpoint.ts";
import type { RecordedRequest } from "./requests.ts";

/** What goes wrong. Effects of several rules add up. Bytes are counted in bodies; `of` says which body. */
export type FaultEffect =
  /** Answers this, and does nothing of what was asked. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection closes after so many bytes. */
  | { readonly kind: "cut"; readonly of: "request" | "response"; readonly afterBytes: number }
  /** Nothing moves any more after so many bytes; the connection stays open. */
  | { readonly kind: "stall"; readonly of: "request" | "response"; readonly afterBytes: number }
  | { readonly kind: "slow"; readonly of: "request" | "response"; readonly bytesPerSecond: number }
  /** Bit 0 of this byte of the body is turned over. */
  | { readonly kind: "flip-bit"; readonly of: "request" | "response"; readonly atByte: number }
  /** Waits before anything else is done. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** All is done as asked, and the connection closes without a word. */
  | { readonly kind: "lose-answer" }
  /** A mount becomes an ordinary upload session. */
  | { readonly kind: "refuse-mount" }
  /** The Range of a request is not looked at: 200 and everything. */
  | { readonly kind: "ignore-range" }
  /** The answer says no length, and after its body come spaces without end. */
  | { readonly kind: "endless" }
  /** The manifest that is put can be seen only so much later. */
  | { readonly kind: "lag"; readonly milliseconds: number }
  /** Headers of the answer are these instead: a wrong Content-Range, a lying Docker-Content-Digest. */
  | { readonly kind: "headers"; readonly headers: Readonly<Record<string, string>> };

export interface FaultRule {
  readonly method?: string;
  readonly kind?: EndpointKind;
  /** Tried on the path with its query. */
  readonly path?: RegExp;
  /** Anything else that a request must be. */
  readonly where?: (request: RecordedRequest) => boolean;
  /** Which of the requests that match. Default: each. */
  readonly when?: Occurrence;
  readonly effect: FaultEffect;
}

/** Counted among the requests that match, from 1. */
export type Occurrence =
  | { readonly nth: readonly number[] }
  | { readonly first: number }
  | { readonly every: number }
  /** Each with this probability from 0 to 1; the same seed gives the same run. */
  | { readonly probability: number; readonly seed: number };

/** A rule that was added. */
export interface Fault {
  /** How often it struck. */
  readonly hits: number;
  remove(): void;
}

/** The script of what goes wrong. */
export class Faults {
  readonly #rules = new Set<Armed>();

  add(rule: FaultRule): Fault {
    const armed: Armed = { rule, seen: 0, hits: 0, chance: chanceOf(rule.when) };
    this.#rules.add(armed);
    return {
      get hits() {
        return armed.hits;
      },
      remove: () => this.#rules.delete(armed),
    };
  }

  clear(): void {
    this.#rules.clear();
  }

  /** The effects on a request; counts it. */
  strike(request: RecordedRequest): readonly FaultEffect[] {
    const effects: FaultEffect[] = [];
    for (const armed of this.#rules) {
      if (!matches(armed.rule, request)) continue;
      armed.seen += 1;
      if (!isTurn(armed)) continue;
      armed.hits += 1;
      effects.push(armed.rule.effect);
    }
    return effects;
  }
}

interface Armed {
  readonly rule: FaultRule;
  readonly chance: () => number;
  seen: number;
  hits: number;
}

function matches(rule: FaultRule, request: RecordedRequest): boolean {
  return (
    (rule.method === undefined || rule.method === request.method) &&
    (rule.kind === undefined || rule.kind === request.kind) &&
    (rule.path === undefined || rule.path.test(request.path)) &&
    (rule.where === undefined || rule.where(request))
  );
}

function isTurn({ rule: { when }, seen, chance }: Armed): boolean {
  if (when === undefined) return true;
  if ("nth" in when) return when.nth.includes(seen);
  if ("first" in when) return seen <= when.first;
  if ("every" in when) return seen % when.every === 0;
  return chance() < when.probability;
}

function chanceOf(when: Occurrence | undefined): () => number {
  return when !== undefined && "seed" in when ? randomNumbers(when.seed) : () => 0;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The effects of one kind. */
export function effectsOf<K extends FaultEffect["kind"]>(
  effects: readonly FaultEffect[],
  kind: K,
): readonly Extract<FaultEffect, { kind: K }>[] {
  return effects.filter((effect): effect is Extract<FaultEffect, { kind: K }> => effect.kind === kind);
}
