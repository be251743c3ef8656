import type { Digest } from "../oci/digest.ts";
import { type Arrival, imageName, type Plan, type Transfer } from "./plan.ts";

/** One thing that is not as the rules want it. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** The image that is, or would be, where it comes from. */
  readonly source: string;
  /** The image that is meant. */
  readonly destination: string;
  /** What should be there: of a missing referrer, the referrer. */
  readonly expected?: Digest;
  /** What is there. */
  readonly found?: Digest;
}

export type DifferenceKind =
  /** The source has the tag (or the digest that a rule names), the destination does not. */
  | "missing-tag"
  /** Both have the tag, and it is not the same image. */
  | "other-digest"
  /** The image is right, and something that refers to it is missing. */
  | "missing-referrer"
  /** No rule wants the tag where it is. */
  | "extra-tag";

/** What a plan would change, thing by thing: a plan that was made without force changes only what differs. */
export function differencesOf({ transfers, removals = [] }: Plan): readonly Difference[] {
  return [
    ...transfers.flatMap((transfer) => transfer.arrivals.flatMap((arrival) => differencesAt(transfer, arrival))),
    ...removals.map(({ source, destination, tag, digest }): Difference => {
      const subject = { source: imageName(source, tag), destination: imageName(destination, tag) };
      return { kind: "extra-tag", ...subject, found: digest };
    }),
  ];
}

function differencesAt({ source, reference, root }: Transfer, arrival: Arrival): readonly Difference[] {
  const subject = {
    source: imageName(source, reference),
    destination: imageName(arrival.destination, arrival.tag ?? root.digest),
  };
  switch (arrival.action) {
    case "create":
      return [{ kind: "missing-tag", ...subject, expected: root.digest }];
    case "update":
      return [{ kind: "other-digest", ...subject, expected: root.digest, found: arrival.previous }];
    case "complete":
      return arrival.companions.map(({ descriptor }) => {
        return { kind: "missing-referrer", ...subject, expected: descriptor.digest };
      });
  }
}
