import type { SlipwayError } from "../words/error.ts";

/** What happens while it happens. Listeners must be quick and must not throw. */
export type GitHubEvent =
  /** One request was answered. The URL holds no query. */
  | {
      readonly kind: "request";
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly milliseconds: number;
    }
  /** A request failed and will be made again. */
  | {
      readonly kind: "retrying";
      readonly host: string;
      readonly operation: string;
      readonly error: SlipwayError;
      readonly attempt: number;
    }
  /** All requests wait, because GitHub has asked for it. */
  | { readonly kind: "waiting"; readonly host: string; readonly seconds: number; readonly reason: "rate-limit" };
