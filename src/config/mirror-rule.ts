import type { Digest } from "../oci/digest.ts";
import type { PlatformFilter } from "../oci/platform.ts";
import type { Reference } from "../oci/reference.ts";
import type { Place } from "./reading/place.ts";
import { Refusal } from "./refusal.ts";
import type { Schedule } from "./schedule.ts";
import type { ImageSpec, SpecImages } from "./tags/image-spec.ts";
import type { TagSelection } from "./tags/tag-selection.ts";

/** What should be where: the same whichever format it was written in. */
export interface MirrorRule {
  /** No other rule of the file has it. Left out in formats that know no names. */
  readonly name?: string;
  /** Of the source in the file: how a person finds the rule. */
  readonly place: Place;
  /** Without tag and digest. */
  readonly source: Reference;
  readonly images: RuleImages;
  readonly destinations: readonly RuleDestination[];
  /** Only these platforms. Left out: all, and every byte as it is. */
  readonly platforms?: readonly PlatformFilter[];
  /** Whether signatures, attestations and the like travel with their images. */
  readonly referrers: boolean;
  /** Left out: on demand alone. */
  readonly schedule?: Schedule;
  /** Milliseconds that a scheduled beginning may be later, at most. */
  readonly jitter?: number;
}

export type RuleImages =
  | { readonly kind: "digest"; readonly digest: Digest }
  | { readonly kind: "tags"; readonly tags: readonly string[] }
  | { readonly kind: "selection"; readonly selection: TagSelection };

export interface RuleDestination {
  /** Without tag and digest. */
  readonly repository: Reference;
  /** What the images are called there, one for each tag or for the digest of the source. Left out: as at the source. */
  readonly tags?: readonly string[];
  /** Where it refuses some of an image, the rest is sent. Left out: it fails there. */
  readonly adapt?: boolean;
}

/** What a source's own text says about its images. */
export function imagesOf(images: SpecImages): RuleImages {
  switch (images.kind) {
    case "all":
      return { kind: "selection", selection: {} };
    case "pattern":
      return { kind: "selection", selection: { match: [images.pattern] } };
    case "tags":
      return { kind: "tags", tags: images.tags };
    case "digest":
      return { kind: "digest", digest: images.digest };
  }
}

/**
 * A destination for the images of a source: its tags pair with the source's, left to right.
 * @throws Refusal when they do not pair
 */
export function destinationFor(source: SpecImages, images: RuleImages, destination: ImageSpec): RuleDestination {
  const { repository } = destination;
  const wanted = destination.images;
  if (wanted.kind === "digest" || wanted.kind === "pattern") {
    throw new Refusal("a destination takes tags, not a digest or an expression");
  }
  if (wanted.kind === "all") {
    return { repository, ...(source.kind === "digest" && source.tag !== undefined && { tags: [source.tag] }) };
  }
  if (images.kind === "selection") {
    throw new Refusal("it names tags, but the source does not: leave them out, and the tags stay as they are");
  }
  const count = images.kind === "digest" ? 1 : images.tags.length;
  if (count !== wanted.tags.length) {
    throw new Refusal(`its ${wanted.tags.length} tags cannot pair with the ${count} of the source`);
  }
  return { repository, tags: wanted.tags };
}
