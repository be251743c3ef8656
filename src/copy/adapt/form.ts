import { type Digest, hexOf } from "../../oci/digest.ts";
import type { RawManifest } from "../../oci/manifest.ts";
import type { Companion } from "../plan.ts";
import type { AdaptedImage } from "./adapt.ts";
import type { Adapted } from "./adapted.ts";

/** An image, and what refers to it, as one destination gets it. */
export interface Form {
  readonly root: RawManifest;
  /** Manifests of it that the source does not have. */
  readonly made: ReadonlyMap<Digest, RawManifest>;
  readonly companions: readonly Companion[];
  /** Left out where it is as it is at the source. */
  readonly adapted?: Adapted;
}

/**
 * What a destination gets: the image as it is at the source or as an adaptation made it, without the companions that were
 * refused. A companion goes with what it refers to: what was said of one digest is not true of another.
 */
export function formOf(
  source: Pick<Form, "root" | "companions">,
  image: AdaptedImage | undefined,
  refused: ReadonlySet<Digest> = new Set(),
): Form {
  const gone = new Set([...(image?.gone ?? []), ...refused]);
  const companions = source.companions.filter((companion) => {
    const { digest } = companion.descriptor;
    const goes = gone.has(digest) || refersTo(companion, gone);
    if (goes) gone.add(digest);
    return !goes;
  });
  const { root = source.root, made = new Map(), changes = [], leftOut = [] } = image ?? {};
  const listed = new Set(leftOut.map(({ digest }) => digest));
  const others = source.companions.filter((one) => !companions.includes(one) && !listed.has(one.descriptor.digest));
  if (changes.length === 0 && others.length === 0) return { root, made, companions };
  const adapted: Adapted = {
    from: source.root.descriptor.digest,
    changes: others.length === 0 ? changes : [...changes, "referrers"],
    leftOut: [...leftOut, ...others.map(({ descriptor }) => descriptor)],
  };
  return { root, made, companions, adapted };
}

function refersTo(companion: Companion, digests: ReadonlySet<Digest>): boolean {
  if ("subject" in companion) return digests.has(companion.subject);
  return [...digests].some((digest) => companion.tag.startsWith(`sha256-${hexOf(digest)}`));
}
