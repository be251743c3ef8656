/** Which tags go where. */
export { type Expansion, expand, type Targets } from "./expand.ts";
export { needsListing, selectTags } from "./select-tags.ts";
