import type { Scopes } from "./auth/scope.ts";
import type { Request, RequestBody } from "./transport/exchange.ts";
import type { Lane } from "./transport/lanes.ts";

/** One request to a registry, as the client's parts ask for it. */
export interface Call {
  readonly method: Request["method"];
  /** Below the host: `/v2/library/busybox/tags/list?n=1000`; or where the registry said, for uploads and pages. */
  readonly path: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  readonly repository: string;
  readonly scopes: Scopes;
  readonly lane?: Lane;
  /** About how many bytes will flow; large bodies have connections of their own. */
  readonly bytes?: number;
  /** true: over a connection that carries nothing else. */
  readonly alone?: boolean;
  /** Statuses that `use` is given; all others become failures. */
  readonly expect: readonly number[];
  /** false: one try; the caller knows better how to go on. */
  readonly retry?: boolean;
  readonly signal?: AbortSignal;
  /** Called right before each try is sent; what it throws ends the call. */
  readonly beforeSend?: () => void;
}

/** For messages: method and path. Queries are left out, they may hold signatures. */
export function operationOf(call: Call): string {
  const path = typeof call.path === "string" ? call.path.split("?")[0] : call.path.pathname;
  return `${call.method} ${path}`;
}
