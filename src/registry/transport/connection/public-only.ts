import { isIP, type LookupFunction } from "node:net";
import { failure, type SlipwayError } from "../../../words/error.ts";
import { addressKind } from "./address.ts";
import { bareHost } from "./proxy.ts";

/**
 * Resolves a name with `lookup` and refuses it when any of its addresses is not public. The connection goes to the very
 * addresses that were checked here, so a name that changes its mind (DNS rebinding) gains nothing.
 */
export function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = typeof found === "string" ? [{ address: found, family: isIP(found) }] : (found ?? []);
      const refused = addresses.map(({ address }) => refusal(hostname, address)).find((one) => one !== undefined);
      const [first] = addresses;
      if (error ?? refused) callback(error ?? refused ?? null, "");
      else if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    });
  };
}

/**
 * Refuses an origin whose host is written as an address that is not public; names are left to {@link publicLookup}.
 * @throws ADDRESS_REFUSED
 */
export function refuseLiteralAddress(origin: URL): void {
  const host = bareHost(origin);
  const refused = isIP(host) === 0 ? undefined : refusal(origin.host, host);
  if (refused) throw refused;
}

function refusal(host: string, address: string): SlipwayError | undefined {
  const kind = addressKind(address);
  return kind === "public" ? undefined : failure("ADDRESS_REFUSED", { host, address, kind });
}
