import type { ServeSettings } from "../../config/slipway/serve.ts";

/** What messages are written by, besides what happened. */
export interface Setting {
  readonly project: string;
  /** Where people reach the dashboard. Left out: messages have no links. */
  readonly url?: string;
  /** In which times are told. */
  readonly timeZone: string;
  readonly targets: ServeSettings["targets"];
}
