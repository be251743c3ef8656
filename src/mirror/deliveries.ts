import type { MirrorRule } from "../config/mirror-rule.ts";
import { formatReference, type Reference } from "../oci/reference.ts";
import type { TagOrDigest } from "../target/target.ts";

/** One image that a rule wants at one place. */
export interface Delivery {
  readonly rule: MirrorRule;
  /** The tag or digest at the source. */
  readonly reference: TagOrDigest;
  /** Without tag and digest. */
  readonly destination: Reference;
  /** Left out: by digest only. */
  readonly tag?: string;
  /** Whether the image is adapted where the destination refuses some of it. */
  readonly adapt: boolean;
}

/**
 * What a rule wants, image by image and place by place.
 * @param selected the tags that its selection means; not looked at for rules that say tags or a digest
 */
export function deliveriesOf(rule: MirrorRule, selected: readonly string[]): readonly Delivery[] {
  const { images } = rule;
  if (images.kind === "digest") {
    return rule.destinations.flatMap(({ repository, tags, adapt = false }): readonly Delivery[] => {
      const delivery = { rule, reference: images.digest, destination: repository, adapt };
      return tags === undefined ? [delivery] : tags.map((tag) => ({ ...delivery, tag }));
    });
  }
  const wanted = images.kind === "tags" ? images.tags : selected;
  return wanted.flatMap((reference, index) =>
    rule.destinations.map(({ repository, tags, adapt = false }) => {
      return { rule, reference, destination: repository, tag: tags?.[index] ?? reference, adapt };
    }),
  );
}

/** What a delivery brings, whatever it is called there: two that agree in this bring the same. */
export function contentOf({ rule, reference }: Delivery): string {
  return JSON.stringify([rule.source.registry, rule.source.repository, reference, rule.platforms ?? null]);
}

/** What a delivery will be known as. */
export function arrivalOf({ destination, tag, reference }: Delivery): string {
  return tag === undefined ? `${formatReference(destination)}@${reference}` : formatReference({ ...destination, tag });
}
