import type { Environment } from "../../../config/variables/lookup.ts";
import type { Control } from "../../control.ts";
import type { Requests } from "../../public/metrics.ts";
import type { StatusWatch } from "../../status/watch.ts";
import type { Attempts } from "../../tokens/attempts.ts";
import type { Sessions } from "../../tokens/sessions.ts";
import type { Streams } from "../streams/streams.ts";

/** What the routes work with. */
export interface Api {
  readonly control: Control;
  readonly environment: Environment;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly streams: Streams;
  /** What the API tells of all mirrors; forgotten as soon as a change is known. */
  readonly states: StatusWatch;
  /** The same for pages that anybody may ask for, as often as they like. */
  readonly publicStates: StatusWatch;
  /** What has been asked so far, for metrics. */
  readonly requests: Requests;
}
