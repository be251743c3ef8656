/** Survey, plan, transfer: from any target to any targets. */
export type { Adaptation, Adapted } from "./adapt/adapted.ts";
export { type CopyOptions, copyImages } from "./copy-images.ts";
export type { CopyEvent, Tell } from "./events.ts";
export type { Counts, Ending, Outcome, SkipReason, Subject } from "./outcome.ts";
export {
  type Arrival,
  type Companion,
  type CopyRequest,
  type Destination,
  imageName,
  type Plan,
  type Removal,
  type Transfer,
} from "./plan.ts";
export { choosePlatforms } from "./platforms.ts";
export { type PruneOptions, permitted, prune } from "./prune.ts";
export { SharedLists } from "./shared-lists.ts";
export { type Surveyed, type SurveyOptions, survey } from "./survey.ts";
export { type Places, type TransferOptions, transfer } from "./transfer.ts";
