import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { addressKind } from "./connection/index.ts";

/**
 * Whether a registry is on the public Internet. One that is not may name private addresses for its storage and tokens; a
 * public one may not. A name that does not resolve here is somebody's behind a proxy: it counts as public.
 */
export async function isPublicHost(hostname: string): Promise<boolean> {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(bare) === 0 ? await lookup(bare, { all: true }).catch(() => []) : [{ address: bare }];
  return addresses.every(({ address }) => addressKind(address) === "public");
}
