import type { MirrorRule } from "../../config/mirror-rule.ts";
import { isReferrerTag } from "../../mirror/referrer-tags.ts";
import { selectionTest } from "../../mirror/select-tags.ts";
import { isTag } from "../../oci/reference.ts";

/** What is left of a rule where only some tags are asked for. */
export type Narrowed =
  | { readonly kind: "nothing" }
  /** These tags and no others, known without a list. */
  | { readonly kind: "named"; readonly rule: MirrorRule }
  /** Which of them are meant depends on what else the source has. */
  | { readonly kind: "listed"; readonly rule: MirrorRule; readonly only: ReadonlySet<string> };

/**
 * The rule for those of the tags that it means. A single tag lists no source, unless only the newest are meant.
 * @param areChosen whether they are known to be among the newest
 */
export function narrow(rule: MirrorRule, tags: readonly string[], areChosen = false): Narrowed {
  const { images } = rule;
  if (images.kind === "digest") return { kind: "nothing" };
  if (images.kind === "tags") return picked(rule, images.tags, new Set(tags));
  const isMeant = selectionTest(images.selection);
  const meant = tags.filter((tag) => isTag(tag) && isMeant(tag) && !(rule.referrers && isReferrerTag(tag)));
  if (meant.length === 0) return { kind: "nothing" };
  if (images.selection.newest !== undefined && !areChosen) return { kind: "listed", rule, only: new Set(meant) };
  return { kind: "named", rule: { ...rule, images: { kind: "tags", tags: meant } } };
}

/** Tags that are written in the rule; those of destinations pair with them. */
function picked(rule: MirrorRule, written: readonly string[], wanted: ReadonlySet<string>): Narrowed {
  const isPicked = (_: string, index: number) => wanted.has(written[index] ?? "");
  const tags = written.filter(isPicked);
  if (tags.length === 0) return { kind: "nothing" };
  const destinations = rule.destinations.map((destination) =>
    destination.tags === undefined ? destination : { ...destination, tags: destination.tags.filter(isPicked) },
  );
  return { kind: "named", rule: { ...rule, images: { kind: "tags", tags }, destinations } };
}
