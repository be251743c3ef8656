import {
  DESTINATION_STATES,
  type DestinationStatus,
  MIRROR_STATES,
  type MirrorStatus,
  type StatusFile,
  type TagCounts,
} from "./status.ts";

/** What a text that calls itself status.json came to; `at`: where it is not what it should be. */
export type StatusReading =
  | { readonly kind: "status"; readonly status: StatusFile }
  | { readonly kind: "unreadable"; readonly at: string; readonly expected: string };

/**
 * Reads what `status.json` holds. Further keys are left out, words that are not known become `unknown`, and what may be
 * missing is null: a page of today has to live with a daemon of tomorrow.
 */
export function readStatus(value: unknown): StatusReading {
  try {
    return { kind: "status", status: statusOf(new Part(value, "")) };
  } catch (thrown) {
    if (!(thrown instanceof Misfit)) throw thrown;
    return { kind: "unreadable", at: thrown.at, expected: thrown.expected };
  }
}

class Misfit extends Error {
  readonly at: string;
  readonly expected: string;

  constructor(at: string, expected: string) {
    super(`${at}: expected ${expected}`);
    this.at = at === "" ? "status.json" : at;
    this.expected = expected;
  }
}

/** A part of what was read, which knows where it is. */
class Part {
  readonly #value: unknown;
  readonly #at: string;

  constructor(value: unknown, at: string) {
    this.#value = value;
    this.#at = at;
  }

  get(key: string): Part {
    const { object } = this;
    return new Part(Object.hasOwn(object, key) ? object[key] : undefined, this.#at === "" ? key : `${this.#at}.${key}`);
  }

  get object(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (!isObject(value)) throw new Misfit(this.#at, "a mapping");
    return value;
  }

  get items(): readonly Part[] {
    if (!Array.isArray(this.#value)) throw new Misfit(this.#at, "a list");
    return this.#value.map((item: unknown, index) => new Part(item, `${this.#at}[${index}]`));
  }

  get text(): string {
    if (typeof this.#value !== "string") throw new Misfit(this.#at, "text");
    return this.#value;
  }

  get number(): number {
    const value = this.#value;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
      throw new Misfit(this.#at, "a number from 0");
    return value;
  }

  get textOrNull(): string | null {
    return this.#isNothing ? null : this.text;
  }

  get numberOrNull(): number | null {
    return this.#isNothing ? null : this.number;
  }

  get #isNothing(): boolean {
    return this.#value === undefined || this.#value === null;
  }

  word<Word extends string>(words: readonly Word[], other: Word): Word {
    return words.find((word) => word === this.#value) ?? other;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function statusOf(part: Part): StatusFile {
  if (part.get("version").number !== 1) throw new Misfit("version", "1");
  return {
    version: 1,
    generated: part.get("generated").text,
    generated_ts: part.get("generated_ts").number,
    mirrors: part.get("mirrors").items.map(mirrorOf),
  };
}

function mirrorOf(part: Part): MirrorStatus {
  return {
    name: part.get("name").text,
    upstream: part.get("upstream").text,
    destinations: part.get("destinations").items.map(destinationOf),
    status: part.get("status").word(MIRROR_STATES, "unknown"),
    last_update: part.get("last_update").textOrNull,
    last_update_ts: part.get("last_update_ts").numberOrNull,
    last_started: part.get("last_started").textOrNull,
    last_started_ts: part.get("last_started_ts").numberOrNull,
    last_ended: part.get("last_ended").textOrNull,
    last_ended_ts: part.get("last_ended_ts").numberOrNull,
    next_schedule: part.get("next_schedule").textOrNull,
    next_schedule_ts: part.get("next_schedule_ts").numberOrNull,
    size: part.get("size").numberOrNull,
  };
}

function destinationOf(part: Part): DestinationStatus {
  return {
    repository: part.get("repository").text,
    status: part.get("status").word(DESTINATION_STATES, "unknown"),
    tags: countsOf(part.get("tags")),
    lag_seconds: part.get("lag_seconds").numberOrNull,
    last_update: part.get("last_update").textOrNull,
    last_update_ts: part.get("last_update_ts").numberOrNull,
  };
}

function countsOf(part: Part): TagCounts {
  return {
    total: part.get("total").number,
    in_step: part.get("in_step").number,
    behind: part.get("behind").number,
    failed: part.get("failed").number,
  };
}
