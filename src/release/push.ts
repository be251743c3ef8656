import type { Adapted } from "../copy/adapt/adapted.ts";
import { type CopyOptions, copyImages } from "../copy/copy-images.ts";
import { NO_COUNTS, type Outcome } from "../copy/outcome.ts";
import { type CopyRequest, imageName, subjectOf } from "../copy/plan.ts";
import { survey } from "../copy/survey.ts";
import type { Digest } from "../oci/digest.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import type { Effects } from "./effects.ts";
import type { Outlet } from "./outlets.ts";
import { recordedTarget } from "./recorded-target.ts";

/** An image that is there to be pushed. */
export interface ReadyImage {
  readonly source: ReadTarget;
  /** Its name there. */
  readonly reference: TagOrDigest;
  readonly digest: Digest;
}

/** What an outlet serves after a push. */
export interface Served {
  readonly outlet: Outlet;
  readonly digest: Digest;
  /** How it differs from what was built, where the outlet refuses some of that. */
  readonly adapted?: Adapted;
}

export interface Pushed {
  /** One for each outlet and tag. */
  readonly outcomes: readonly Outcome[];
  readonly served: readonly Served[];
  /** The outlets that do not have all of it, each with the first reason. */
  readonly missed: readonly { readonly outlet: Outlet; readonly error: SlipwayError }[];
}

export interface PushOptions extends Pick<CopyOptions, "spool" | "signal" | "tell" | "patience"> {
  readonly effects: Effects;
  /** `kept`: a tag that stands for another digest is left, and its outlet has failed. */
  readonly existing: "kept" | "overwritten";
}

/**
 * Pushes an image to every outlet under some tags, side by side: a failing one stops no other. What is there already
 * is not sent again.
 */
export async function pushImage(
  image: ReadyImage,
  outlets: readonly Outlet[],
  tags: readonly string[],
  options: PushOptions,
): Promise<Pushed> {
  const { effects, existing, ...copyOptions } = options;
  const request = requestFor(image, outlets, tags, effects);
  const taken = existing === "kept" ? await takenTags(request) : new Map<string, Outcome>();
  const free = request.destinations.filter((destination) => !taken.has(nameAt(request, destination)));
  const copied = await copyImages([{ ...request, destinations: free }], copyOptions);
  const outcomes = inOrder(request, [...taken.values(), ...copied]);
  return { outcomes, ...sortedOut(outlets, request, outcomes) };
}

function requestFor(
  { source, reference }: ReadyImage,
  outlets: readonly Outlet[],
  tags: readonly string[],
  effects: Effects,
): CopyRequest {
  const destinations = outlets.flatMap(({ target, adapt }) => {
    const recorded = recordedTarget(target, effects);
    return tags.map((tag) => ({ target: recorded, tag, adapt }));
  });
  return { source, reference, destinations, referrers: true };
}

/** Tags that stand for another digest already, as outcomes by destination. */
async function takenTags(request: CopyRequest): Promise<ReadonlyMap<string, Outcome>> {
  const { plan } = await survey([request]);
  const taken = plan.transfers.flatMap(({ root, arrivals }) =>
    arrivals.flatMap((arrival) => {
      if (arrival.action !== "update" || arrival.tag === undefined) return [];
      const destination = imageName(arrival.destination, arrival.tag);
      const facts = { image: destination, there: arrival.previous, ours: root.digest };
      const outcome: Outcome = {
        source: imageName(request.source.name, request.reference),
        destination,
        ...NO_COUNTS,
        status: "failed",
        error: failure("TAG_TAKEN", facts).on("destination"),
        digest: arrival.previous,
      };
      return [[destination, outcome] as const];
    }),
  );
  return new Map(taken);
}

function nameAt(request: CopyRequest, destination: CopyRequest["destinations"][number]): string {
  return subjectOf(request, destination).destination;
}

function inOrder(request: CopyRequest, outcomes: readonly Outcome[]): readonly Outcome[] {
  const byName = new Map(outcomes.map((outcome) => [outcome.destination, outcome]));
  return request.destinations.flatMap((destination) => byName.get(nameAt(request, destination)) ?? []);
}

function sortedOut(
  outlets: readonly Outlet[],
  request: CopyRequest,
  outcomes: readonly Outcome[],
): Pick<Pushed, "served" | "missed"> {
  const served: Served[] = [];
  const missed: { outlet: Outlet; error: SlipwayError }[] = [];
  for (const outlet of outlets) {
    const names = request.destinations
      .filter(({ target }) => target.name === outlet.target.name)
      .map((destination) => nameAt(request, destination));
    const own = outcomes.filter(({ destination }) => names.includes(destination));
    const failed = own.find((outcome) => outcome.status === "failed");
    const [first] = own;
    if (failed?.status === "failed") missed.push({ outlet, error: failed.error });
    else if (first?.digest !== undefined) {
      const adapted = "adapted" in first ? first.adapted : undefined;
      served.push({ outlet, digest: first.digest, ...(adapted !== undefined && { adapted }) });
    }
  }
  return { served, missed };
}
