/** The sources of an image, judged: what pages and generators ask. A browser runs it, so nothing here reads files. */
export { type ComparisonRow, comparisonRows, NOTHING, type Rating, stateText } from "./comparison.ts";
export { type Freshness, freshnessOf } from "./freshness.ts";
export type { Visitor } from "./hint.ts";
export { type Measurement, type Way, wayOf } from "./measurement.ts";
export { readStatus, type StatusReading } from "./read-status.ts";
export { type Reason, reasonText, speaks } from "./reason.ts";
export { type Question, type Ranked, type Recommendation, recommend } from "./recommend.ts";
export { spanText } from "./span.ts";
export type { DestinationStatus, MirrorStatus, StatusFile, TagCounts } from "./status.ts";
