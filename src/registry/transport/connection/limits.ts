/** How many sockets one origin gets, and how long it may keep silent. */
export interface ConnectionLimits {
  /** Sockets to one origin at the same time. */
  readonly connections: number;
  /** Milliseconds from the end of a request to the head of its answer. */
  readonly headersTimeout: number;
  /** Milliseconds between two pieces of an answer's body. */
  readonly bodyTimeout: number;
}

const DEFAULT_IDLE_MS = 30_000;

/** @param idle milliseconds of silence in a body; a registry that checks what it was sent may need more before it answers */
export function limitsOf(connections: number, idle = DEFAULT_IDLE_MS): ConnectionLimits {
  return { connections, headersTimeout: 2 * idle, bodyTimeout: idle };
}

export const DEFAULT_LIMITS = limitsOf(10);

/** Milliseconds for a connection to stand, TLS included. */
export const CONNECT_TIMEOUT_MS = 10_000;
