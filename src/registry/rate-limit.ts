/** What a host said is left. https://docs.docker.com/docker-hub/usage/pulls/#view-hourly-pull-rate-and-limit */
export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly windowSeconds?: number;
}

/** Reads `ratelimit-limit: 100;w=21600` and its twin; undefined where a host says nothing, or nothing of use. */
export function readRateLimit(header: (name: string) => string | undefined): RateLimit | undefined {
  const limit = Number.parseInt(header("ratelimit-limit") ?? "", 10);
  const remaining = Number.parseInt(header("ratelimit-remaining") ?? "", 10);
  if (Number.isNaN(limit) || Number.isNaN(remaining)) return undefined;
  const windowSeconds = /;\s*w=(\d+)/.exec(header("ratelimit-limit") ?? "")?.[1];
  return { limit, remaining, ...(windowSeconds !== undefined && { windowSeconds: Number(windowSeconds) }) };
}
