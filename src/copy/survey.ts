import { asFailure } from "../words/error.ts";
import { recognise } from "./adapt/recognise.ts";
import { missingCompanions } from "./companions.ts";
import type { Tell } from "./events.ts";
import { type Found, findSource } from "./find-source.ts";
import { digestAt, isAbsentEverywhere, listedInStep } from "./in-step.ts";
import { Manifests } from "./manifests.ts";
import { type Ending, NO_COUNTS, type Outcome } from "./outcome.ts";
import { type Arrival, type CopyRequest, type Destination, type Plan, subjectOf, type Transfer } from "./plan.ts";
import { forEachOf } from "./pool.ts";
import type { SharedLists } from "./shared-lists.ts";
import { TagLists } from "./tag-lists.ts";

export interface SurveyOptions {
  /** Send again what is in step. */
  readonly force?: boolean;
  /** Images looked at at the same time. Default 128: these are small questions. */
  readonly concurrency?: number;
  /** Where what is read of the sources is kept for the transfer that follows. Left out: none follows. */
  readonly manifests?: Manifests;
  /** Lists of tags that other surveys read, too. */
  readonly lists?: SharedLists | undefined;
  readonly tell?: Tell;
}

/** What is to be done, and the outcomes of those that need nothing or cannot be done. */
export interface Surveyed {
  readonly plan: Plan;
  readonly outcomes: readonly Outcome[];
}

const DEFAULT_CONCURRENCY = 128;

/**
 * Looks at both sides and writes nothing. An image costs one small question at the source and one at each destination,
 * less where a list of tags answers for many.
 */
export async function survey(requests: readonly CopyRequest[], options: SurveyOptions = {}): Promise<Surveyed> {
  const tags = new TagLists(requests, options.lists);
  const transfers: (Transfer | undefined)[] = [];
  const outcomes: Outcome[] = [];
  let done = 0;
  await forEachOf(requests.entries(), options.concurrency ?? DEFAULT_CONCURRENCY, async ([at, request]) => {
    const looked = await lookAt(request, tags, options);
    transfers[at] = looked.transfer;
    outcomes.push(...looked.outcomes);
    done += 1;
    options.tell?.({ kind: "surveying", done, total: requests.length });
  });
  return { plan: { version: 1, transfers: transfers.filter((transfer) => transfer !== undefined) }, outcomes };
}

interface Looked {
  readonly transfer: Transfer | undefined;
  readonly outcomes: readonly Outcome[];
}

async function lookAt(request: CopyRequest, tags: TagLists, options: SurveyOptions): Promise<Looked> {
  const { force = false, manifests } = options;
  const everywhere = (ending: Ending): Looked => ({
    transfer: undefined,
    outcomes: request.destinations.map((destination) => outcomeOf(request, destination, ending)),
  });
  const listed = force ? undefined : await listedInStep(request, tags);
  if (listed !== undefined) return everywhere({ status: "skipped", reason: "in-step", digest: listed });
  let found: Found | "platform";
  try {
    const isToBeSent = manifests?.hasRoom === true && (await isAbsentEverywhere(request, tags));
    found = await findSource(request, tags, manifests ?? new Manifests(), isToBeSent);
  } catch (error) {
    return everywhere({ status: "failed", error: asFailure(error).on("source") });
  }
  if (found === "platform") return everywhere({ status: "skipped", reason: "platform" });
  const { resolved, root } = found;
  const arrivals: Arrival[] = [];
  const outcomes: Outcome[] = [];
  for (const [at, compared] of (await compareAll(request, found, tags, force)).entries()) {
    const destination = request.destinations[at];
    if (destination === undefined) continue;
    if ("destination" in compared) arrivals.push(compared);
    else outcomes.push(outcomeOf(request, destination, compared));
  }
  const transfer: Transfer = {
    source: request.source.name,
    reference: request.reference,
    resolved,
    root,
    ...(request.platforms !== undefined && { platforms: request.platforms }),
    arrivals,
  };
  return { transfer: arrivals.length === 0 ? undefined : transfer, outcomes };
}

function compareAll(
  request: CopyRequest,
  found: Found,
  tags: TagLists,
  force: boolean,
): Promise<readonly (Arrival | Ending)[]> {
  return Promise.all(
    request.destinations.map((destination) =>
      compare(destination, found, tags, force).catch(
        (error: unknown): Ending => ({
          status: "failed",
          error: asFailure(error).on("destination"),
          digest: found.root.digest,
        }),
      ),
    ),
  );
}

async function compare(
  destination: Destination,
  found: Found,
  tags: TagLists,
  force: boolean,
): Promise<Arrival | Ending> {
  const { target, tag } = destination;
  const { root, companions } = found;
  const known = await tags.of(target);
  const common = {
    destination: target.name,
    ...(tag !== undefined && { tag }),
    ...(destination.adapt === true && { adapt: true as const }),
  };
  const there = await digestAt(destination, root.digest, tags);
  if (there === root.digest) {
    const missing = await missingCompanions(target, companions);
    if (missing.length === 0 && !force) return { status: "skipped", reason: "in-step", digest: root.digest };
    return { ...common, action: "complete", ...(force && { again: true }), companions: missing };
  }
  if (destination.adapt === true && !force) {
    const recognised = await recognise(destination, there, found);
    if (recognised !== undefined) return { status: "skipped", reason: "in-step", ...recognised };
  }
  const all = [...companions, ...(await found.companionsOfChildren())];
  const fresh = known?.size === 0;
  const missing = fresh ? all : await missingCompanions(target, all);
  if (there === undefined) return { ...common, action: "create", fresh, companions: missing };
  return { ...common, action: "update", previous: there, companions: missing };
}

function outcomeOf(request: CopyRequest, destination: Destination, ending: Ending): Outcome {
  return { ...subjectOf(request, destination), ...NO_COUNTS, ...ending };
}
