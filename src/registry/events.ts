import type { SlipwayError } from "../words/error.ts";

/** What the client has to say while it works. Listeners must be quick and must not throw. */
export type RegistryEvent =
  /** Every request to the host waits: it has asked for it. */
  | {
      readonly kind: "waiting";
      readonly host: string;
      readonly seconds: number;
      readonly reason: "rate-limit" | "back-off";
    }
  | {
      readonly kind: "retrying";
      readonly host: string;
      readonly operation: string;
      readonly error: SlipwayError;
      readonly attempt: number;
    }
  /** One request was answered. The URL holds no query: queries may hold signatures. */
  | {
      readonly kind: "request";
      readonly method: string;
      readonly url: string;
      readonly status: number;
      readonly milliseconds: number;
    };
