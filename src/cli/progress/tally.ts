import type { CopyEvent } from "../../copy/events.ts";
import type { Subject } from "../../copy/outcome.ts";
import { type Result, resultOf } from "../result.ts";
import { Speed } from "./speed.ts";

/** A destination that something moves to. Bytes. */
export interface Lane {
  readonly destination: string;
  readonly moved: number;
  readonly size: number;
  /** Bytes a second. */
  readonly speed: number;
}

interface Traffic {
  readonly speed: Speed;
  /** By digest: what is on its way. */
  readonly blobs: Map<string, { moved: number; size: number }>;
  arrived: number;
  idleSince: number | undefined;
}

/** A lane that has been empty for so long is over: between two blobs it stays, so that nothing flickers. */
const LINGER_MILLISECONDS = 1500;

/** What a run has come to, kept up to date event by event. */
export class Tally {
  surveyed = { done: 0, total: 0 };
  /** Bytes that arrived or are on their way. */
  moved = 0;
  /** How many images at destinations will have ended; undefined before that is known. */
  expected: number | undefined;
  /** By source and destination, so that a further round of the same image counts once. */
  readonly #endings = new Map<string, Result>();
  /** Those that another round is to come for. */
  readonly #retried = new Set<string>();
  readonly #speed = new Speed();
  readonly #traffic = new Map<string, Traffic>();

  apply(event: CopyEvent, now: number): void {
    switch (event.kind) {
      case "surveying":
        this.surveyed = { done: event.done, total: event.total };
        return;
      case "planned":
        // Later rounds are about what is expected already.
        this.expected ??=
          this.ended +
          this.#retried.size +
          event.plan.transfers.reduce((count, transfer) => count + transfer.arrivals.length, 0);
        return;
      case "moving":
        this.#move(event, now);
        return;
      case "arrived":
        this.#arrive(event, now);
        return;
      case "ended":
        this.#endings.set(keyOf(event.outcome), resultOf(event.outcome));
        return;
      case "retrying":
        this.#retried.add(keyOf(event.outcome));
        return;
      case "started":
        return;
    }
  }

  /** Whether there is a run at all: commands that only look have none. */
  get hasBegun(): boolean {
    return this.surveyed.total > 0 || this.expected !== undefined;
  }

  get ended(): number {
    return this.#endings.size;
  }

  count(result: Result): number {
    return [...this.#endings.values()].filter((ending) => ending === result).length;
  }

  /** Bytes a second, to all destinations together. */
  speed(now: number): number {
    return this.#speed.at(now);
  }

  /** What moves now, in the order it began. */
  lanes(now: number): readonly Lane[] {
    return [...this.#traffic].flatMap(([destination, traffic]) => {
      if (traffic.idleSince !== undefined && now - traffic.idleSince > LINGER_MILLISECONDS) {
        this.#traffic.delete(destination);
        return [];
      }
      const blobs = [...traffic.blobs.values()];
      const moved = blobs.reduce((sum, blob) => sum + blob.moved, traffic.arrived);
      const size = blobs.reduce((sum, blob) => sum + blob.size, traffic.arrived);
      return [{ destination, moved, size, speed: traffic.speed.at(now) }];
    });
  }

  #move(event: CopyEvent & { readonly kind: "moving" }, now: number): void {
    const traffic = this.#trafficTo(event.destination);
    const before = traffic.blobs.get(event.digest)?.moved ?? 0;
    traffic.blobs.set(event.digest, { moved: event.moved, size: event.size });
    traffic.idleSince = undefined;
    this.#count(traffic, event.moved - before, now);
  }

  #arrive(event: CopyEvent & { readonly kind: "arrived" }, now: number): void {
    const traffic = this.#traffic.get(event.destination);
    const blob = traffic?.blobs.get(event.digest);
    if (traffic === undefined || blob === undefined) return;
    traffic.blobs.delete(event.digest);
    if (event.how === "written") {
      traffic.arrived += blob.size;
      this.#count(traffic, blob.size - blob.moved, now);
    }
    if (traffic.blobs.size === 0) traffic.idleSince = now;
  }

  #count(traffic: Traffic, bytes: number, now: number): void {
    this.moved += bytes;
    traffic.speed.add(bytes, now);
    this.#speed.add(bytes, now);
  }

  #trafficTo(destination: string): Traffic {
    const known = this.#traffic.get(destination);
    if (known !== undefined) return known;
    const traffic: Traffic = { speed: new Speed(), blobs: new Map(), arrived: 0, idleSince: undefined };
    this.#traffic.set(destination, traffic);
    return traffic;
  }
}

function keyOf({ source, destination }: Subject): string {
  return `${source} ${destination}`;
}
