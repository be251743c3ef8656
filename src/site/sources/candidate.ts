import type { Source } from "../model.ts";
import type { Freshness } from "./freshness.ts";
import type { Hint } from "./hint.ts";
import type { Way } from "./measurement.ts";

/** What is known of a source, for one visitor and now. */
export interface Candidate {
  readonly source: Source;
  readonly way: Way;
  /** Left out: there is no status. */
  readonly freshness?: Freshness;
  readonly hint: Hint;
}
