import type { Host } from "./host.ts";

/** What a host said to the question that every registry answers. */
export interface Ping {
  readonly host: string;
  readonly scheme: "http" | "https";
  readonly auth: "none" | "basic" | "bearer";
  readonly credentialOrigin: string;
  /** The server's clock, where it tells. */
  readonly date?: Date;
}

/**
 * Asks `/v2/`, logging in as needed; credentials may be for one repository only.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#determining-support
 * @throws UNAUTHORIZED, or whatever keeps the host from answering
 */
export async function ping(host: Host, repository = ""): Promise<Ping> {
  const call = { method: "GET", path: "/v2/", repository, scopes: {}, expect: [200] } as const;
  const date = await host.call(call, async (answer) => answer.header("date"));
  const { origin } = await host.authorizer.credential(repository);
  return {
    host: host.name,
    scheme: host.setup.base.protocol === "https:" ? "https" : "http",
    auth: host.authorizer.scheme,
    credentialOrigin: origin,
    ...(date !== undefined && !Number.isNaN(Date.parse(date)) && { date: new Date(date) }),
  };
}
