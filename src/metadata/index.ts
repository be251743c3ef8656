/** How an image is named and labelled. */
export { fillText, parseText } from "./fill-template.ts";
export { type Affix, type Flavor, parseFlavor } from "./flavor.ts";
export { labelsOf } from "./labels.ts";
export { type Move, mayMove } from "./may-move.ts";
export type { FloatingTag, Line, NamedTag } from "./named-tag.ts";
export { parseTagRule } from "./parse-tag-rule.ts";
export type { EventName, Ref, Surroundings } from "./surroundings.ts";
export type { TagRule } from "./tag-rule.ts";
export { type NamedTags, type TagWarning, tagsOf } from "./tags.ts";
export type { Template } from "./template.ts";
export { canonicalVersion, newestOf, readVersion } from "./version.ts";
