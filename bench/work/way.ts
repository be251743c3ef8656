/** What stands between a tool and a registry. */
export type Way = Wire | Tls | Refusals;

/** A link with a length, a width, and a life. */
export interface Wire {
  readonly kind: "wire";
  /** Milliseconds each way. */
  readonly latency?: number;
  /** Bytes per second each way. */
  readonly bandwidth?: number;
  /** Every connection ends after so many bytes. */
  readonly cutAfterBytes?: number;
}

/** nginx, with a certificate of an authority that nobody knows. */
export interface Tls {
  readonly kind: "tls";
}

/** A server that refuses some of the requests, whatever they ask. */
export interface Refusals {
  readonly kind: "refusals";
  readonly status: 429 | 503;
  /** From 0 to 1: how many of them. */
  readonly share: number;
  /** What `Retry-After` says, if it is sent. */
  readonly retryAfterSeconds?: number;
}

/** The way to the source, and to each destination; left out: none but loopback. */
export interface Ways {
  readonly source?: Way;
  readonly destination?: Way;
}
