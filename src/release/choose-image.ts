import type { Digest } from "../oci/digest.ts";
import { failure } from "../words/error.ts";
import type { Sighting } from "./sightings.ts";

/** Where the image of an edition comes from. */
export type Choice =
  /** It exists: what an outlet serves is the build. */
  | { readonly kind: "outlet"; readonly name: string; readonly digest: Digest }
  /** It was built on this machine and is nowhere else yet. */
  | { readonly kind: "layout"; readonly digest: Digest }
  | { readonly kind: "build" };

export interface ChoiceFacts {
  /** The tag that stands for this edition alone. */
  readonly tag: string;
  readonly revision?: string;
  /** In the order of the configuration; the first is the primary. */
  readonly sightings: readonly Sighting[];
  /** What the local layout holds under the tag, of the same revision. */
  readonly built?: Digest;
  /** Building again gives the same digest. */
  readonly deterministic: boolean;
}

type There = Extract<Sighting, { state: "there" }>;

/**
 * Decides whether to build. A digest that an outlet serves under the tag, with the same revision, is the build, on
 * whichever machine it was made: building again would give another digest, for provenance holds an id and a time.
 * @throws VERSION_TAKEN where a required outlet holds another revision; DIGESTS_DIFFER where two required ones hold
 * different digests; VERSION_UNKNOWABLE where the primary cannot be asked and building again could give a second digest
 */
export function chooseImage(facts: ChoiceFacts): Choice {
  const there = facts.sightings.filter((one): one is There => one.state === "there");
  const ours = there.filter((one) => isSameRevision(one, facts.revision));
  for (const other of there) {
    if (ours.includes(other) || !other.outlet.required) continue;
    throw failure("VERSION_TAKEN", {
      registry: other.outlet.name,
      tag: facts.tag,
      digest: other.digest,
      theirs: other.revision ?? "none",
      ours: facts.revision ?? "none",
    });
  }
  // What was adapted for an outlet is less than what was built: it counts only where nothing else is left.
  const [first] = ours.toSorted((one, other) => rank(one) - rank(other));
  const isLess = first?.outlet.adapt === true && facts.built !== undefined;
  if (first !== undefined && !isLess) {
    refuseSecondDigest(first, ours, facts.tag);
    return { kind: "outlet", name: first.outlet.name, digest: first.digest };
  }
  if (facts.built !== undefined) return { kind: "layout", digest: facts.built };
  const [primary] = facts.sightings;
  if (primary?.state === "unknown" && !facts.deterministic) {
    const registry = primary.outlet.name;
    throw failure("VERSION_UNKNOWABLE", { registry, tag: facts.tag }, { cause: primary.error, retryable: true });
  }
  return { kind: "build" };
}

/** Without a revision on our side nothing can be compared, and the tag alone has to do. */
function isSameRevision({ revision }: There, ours: string | undefined): boolean {
  return ours === undefined || revision === ours;
}

function rank({ outlet: { adapt, required } }: There): number {
  return (adapt ? 2 : 0) + (required ? 0 : 1);
}

function refuseSecondDigest(first: There, ours: readonly There[], tag: string): void {
  const second = ours.find(
    ({ outlet, digest }) => outlet.required && !outlet.adapt && digest !== first.digest && !first.outlet.adapt,
  );
  if (second === undefined) return;
  throw failure("DIGESTS_DIFFER", {
    tag,
    one: first.outlet.name,
    oneDigest: first.digest,
    other: second.outlet.name,
    otherDigest: second.digest,
  });
}
