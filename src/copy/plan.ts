import type { Descriptor } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import type { PlatformFilter } from "../oci/platform.ts";
import type { ReadTarget, TagOrDigest, WriteTarget } from "../target/target.ts";
import type { Subject } from "./outcome.ts";

/** One source image and the places that it should be at: what a caller wants, before anything was looked at. */
export interface CopyRequest {
  readonly source: ReadTarget;
  readonly reference: TagOrDigest;
  readonly destinations: readonly Destination[];
  /** Only these platforms of an index. Left out: all, and every byte as it is. */
  readonly platforms?: readonly PlatformFilter[];
  /** An image for none of those platforms is a failure. Left out: it is skipped. */
  readonly platformsNeeded?: boolean;
  /** Whether signatures, attestations and all else that refers to the image travels with it. */
  readonly referrers: boolean;
  /**
   * The tags of the source, where the caller knows them, so that they are not listed again: all, or those that are wanted
   * and all that stand for what refers to an image.
   */
  readonly sourceTags?: ReadonlySet<string>;
}

export interface Destination {
  readonly target: WriteTarget;
  /** Left out: by digest only. */
  readonly tag?: string;
  /** Where it refuses some of an image, what can be sent is sent, under another digest. Left out: it fails there. */
  readonly adapt?: boolean;
}

/**
 * What will be done, as data: printed by `plan`, fed to `transfer`, compared in tests. Places are named; whoever runs it
 * brings the targets of those names.
 */
export interface Plan {
  readonly version: 1;
  readonly transfers: readonly Transfer[];
  /** Tags that no rule wants where they are: taken away last. Left out where nobody looked for them. */
  readonly removals?: readonly Removal[];
}

/** One source image to all places that lack it, so that it is read once for all of them. */
export interface Transfer {
  /** The source's name, and the tag or digest that was asked for. */
  readonly source: string;
  readonly reference: TagOrDigest;
  /** What the reference stood for when it was looked at. A tag that moves during the run moves no destination. */
  readonly resolved: Descriptor;
  /** What will be at the destinations: the same, or where platforms were chosen the index that holds only those. */
  readonly root: Descriptor;
  readonly platforms?: readonly PlatformFilter[];
  readonly arrivals: readonly Arrival[];
}

/** What happens at one destination. */
export type Arrival = {
  readonly destination: string;
  readonly tag?: string;
  /** What the destination refuses may be left out. */
  readonly adapt?: true;
  /** What refers to the image at the source and is missing here. */
  readonly companions: readonly Companion[];
} & (
  | {
      readonly action: "create";
      /** The repository holds nothing yet: nothing there needs to be asked for. */
      readonly fresh: boolean;
    }
  | { readonly action: "update"; readonly previous: Digest }
  /** The tag is right already: only companions are missing, or all of it is to be sent once more. */
  | { readonly action: "complete"; readonly again?: true }
);

/** Whether a destination has the image already, and only not all that refers to it. */
export function onlyMissesCompanions(arrival: Arrival): boolean {
  return arrival.action === "complete" && arrival.again !== true;
}

/** A tag that goes from a destination, if it still is then what it was when it was looked at. */
export interface Removal {
  /** The name of the source that a tag of this name would come from. */
  readonly source: string;
  readonly destination: string;
  readonly tag: string;
  readonly digest: Digest;
}

/** A signature, an attestation, an SBOM. */
export type Companion = {
  readonly descriptor: Descriptor;
} /** It names what it refers to: the image, or another companion. */ & (
  | { readonly subject: Digest }
  /** It is found by a tag, made from the image's digest. */
  | { readonly tag: string }
);

/** How outcomes and people name one image of a request at one of its destinations. */
export function subjectOf({ source, reference }: CopyRequest, { target, tag }: Destination): Subject {
  return { source: imageName(source.name, reference), destination: imageName(target.name, tag ?? reference) };
}

/** How people write an image at a place: `NAME:TAG` or `NAME@DIGEST`. */
export function imageName(place: string, reference: TagOrDigest): string {
  return reference.includes(":") ? `${place}@${reference}` : `${place}:${reference}`;
}
