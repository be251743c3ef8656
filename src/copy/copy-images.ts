import type { Spool } from "../target/cache/spool.ts";
import type { ReadTarget, WriteTarget } from "../target/target.ts";
import type { CopyEvent, Tell } from "./events.ts";
import { Ledger } from "./ledger.ts";
import { Manifests } from "./manifests.ts";
import type { Outcome, Subject } from "./outcome.ts";
import { type CopyRequest, subjectOf } from "./plan.ts";
import type { SharedLists } from "./shared-lists.ts";
import { survey } from "./survey.ts";
import { type Places, transfer } from "./transfer.ts";

export interface CopyOptions {
  /** Images on their way to each destination registry at the same time. Default 5. */
  readonly concurrency?: number;
  /** Further rounds for what failed and may not fail again. Default 2. */
  readonly retries?: number;
  /** Send manifests again where the destination is in step. */
  readonly force?: boolean;
  /** Where blobs for several destinations wait. Without one, each destination reads the source for itself. */
  readonly spool?: Spool;
  /** Lists of tags that other copies read, too. A further round looks for itself. */
  readonly lists?: SharedLists | undefined;
  /** Milliseconds that a destination is given to see what it has just taken. Default 25,000. */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly tell?: Tell;
}

/**
 * Copies images: survey, plan, transfer; then again for what failed. The order of outcomes is the order of requests and
 * their destinations.
 */
export async function copyImages(
  requests: readonly CopyRequest[],
  options: CopyOptions = {},
): Promise<readonly Outcome[]> {
  const { concurrency = 5, retries = 2, force = false, patience, signal, spool } = options;
  const ledger = new Ledger();
  const manifests = new Manifests();
  const outcomes = new Map<string, Outcome>();
  let open = requests;
  const rounds = 1 + retries;
  for (let round = 1; open.length > 0 && round <= rounds; round += 1) {
    signal?.throwIfAborted();
    const tell: Tell = (event) => options.tell?.(inRound(event, round, rounds));
    const surveyed = await survey(open, { force, manifests, lists: round === 1 ? options.lists : undefined, tell });
    for (const outcome of surveyed.outcomes) tell({ kind: "ended", outcome });
    tell({ kind: "planned", plan: surveyed.plan, round });
    const moved = await transfer(surveyed.plan, placesOf(open), {
      concurrency,
      ledger,
      manifests,
      attempt: round,
      ...(spool !== undefined && { spool }),
      ...(patience !== undefined && { patience }),
      ...(signal !== undefined && { signal }),
      tell,
    });
    for (const outcome of [...surveyed.outcomes, ...moved])
      outcomes.set(key(outcome), joined(outcomes.get(key(outcome)), outcome));
    open = requestsOf(open, outcomes);
  }
  return requests.flatMap((request) =>
    request.destinations.flatMap((destination) => outcomes.get(key(subjectOf(request, destination))) ?? []),
  );
}

/** The end of an attempt that another round follows is not the end of the image. */
function inRound(event: CopyEvent, round: number, rounds: number): CopyEvent {
  if (event.kind !== "ended" || round === rounds || !isWorthAnother(event.outcome)) return event;
  return { kind: "retrying", outcome: event.outcome, next: round + 1, rounds };
}

/** Wrong bytes, and those that trickle, have been read twice already: a third time would only cost as much again. */
const READ_TWICE: readonly string[] = ["CONTENT_MISMATCH", "TOO_SLOW"];

function isWorthAnother(outcome: Outcome): outcome is Outcome & { readonly status: "failed" } {
  return outcome.status === "failed" && outcome.error.retryable && !READ_TWICE.includes(outcome.error.code);
}

function key({ source, destination }: Subject): string {
  return `${source} ${destination}`;
}

/** Bytes of earlier rounds were sent, too. */
function joined(before: Outcome | undefined, now: Outcome): Outcome {
  if (before === undefined) return now;
  return {
    ...now,
    attempts: before.attempts + 1,
    bytesRead: before.bytesRead + now.bytesRead,
    bytesWritten: before.bytesWritten + now.bytesWritten,
    bytesMounted: before.bytesMounted + now.bytesMounted,
  };
}

/** What is worth another round. */
function requestsOf(requests: readonly CopyRequest[], outcomes: ReadonlyMap<string, Outcome>): readonly CopyRequest[] {
  return requests.flatMap((request) => {
    const destinations = request.destinations.filter((destination) => {
      const outcome = outcomes.get(key(subjectOf(request, destination)));
      return outcome !== undefined && isWorthAnother(outcome);
    });
    return destinations.length === 0 ? [] : [{ ...request, destinations }];
  });
}

function placesOf(requests: readonly CopyRequest[]): Places {
  const sources = new Map<string, ReadTarget>();
  const targets = new Map<string, WriteTarget>();
  for (const { source, destinations } of requests) {
    sources.set(source.name, source);
    for (const { target } of destinations) targets.set(target.name, target);
  }
  const find = <T>(places: ReadonlyMap<string, T>, name: string): T => {
    const place = places.get(name);
    if (place === undefined) throw new TypeError(`the plan names ${name}, which is no place of this run`);
    return place;
  };
  return { source: (name) => find(sources, name), destination: (name) => find(targets, name) };
}
