/** How many sockets one origin gets, and how long it may keep silent. */
export interface ConnectionLimits {
  /** Sockets to one origin at the same time. */
  readonly connections: number;
  /** Milliseconds from the end of a request to the head of its answer. */
  readonly headersTimeout: number;
  /** Milliseconds between two pieces of an answer's body. */
  readonly bodyTimeout: number;
}

export const DEFAULT_LIMITS: ConnectionLimits = { connections: 10, headersTimeout: 60_000, bodyTimeout: 30_000 };

/** Milliseconds for a connection to stand, TLS included. */
export const CONNECT_TIMEOUT_MS = 10_000;
