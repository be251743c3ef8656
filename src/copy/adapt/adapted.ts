import type { Descriptor } from "../../oci/descriptor.ts";
import type { Digest } from "../../oci/digest.ts";

/**
 * What can be done to an image for a destination that refuses some of it, each with those before it:
 * `nesting`: indexes in an index give way to what they list;
 * `attestations`: what an index lists besides images is left out;
 * `media-types`: Docker's types take the place of OCI's.
 */
export const ADAPTATIONS = ["nesting", "attestations", "media-types"] as const;
export type Adaptation = (typeof ADAPTATIONS)[number];

/** How what a destination has differs from what the source has. Words for each change are under `adapted.<change>`. */
export interface Adapted {
  /** What the destination would have if it refused nothing. */
  readonly from: Digest;
  /** `referrers`: something that refers to the image was left out: it was refused, or what it refers to has another digest. */
  readonly changes: readonly (Adaptation | "referrers")[];
  readonly leftOut: readonly Descriptor[];
}
