import type { Host } from "../host.ts";
import type { HostKind } from "../options.ts";
import { azureListing } from "./azure.ts";
import { hubListing } from "./docker-hub.ts";
import { harborListing } from "./harbor.ts";
import type { Listing } from "./listing.ts";
import { quayListing } from "./quay.ts";

const LISTINGS: Readonly<Record<HostKind, Listing | undefined>> = {
  acr: azureListing,
  "docker-hub": hubListing,
  harbor: harborListing,
  plain: undefined,
  quay: quayListing,
};

const HOST_KINDS: readonly HostKind[] = ["acr", "docker-hub", "harbor", "quay"];

/** What Harbor's token server calls itself. https://github.com/goharbor/harbor/blob/main/src/core/service/token/creator.go */
const HARBOR_SERVICE = "harbor-registry";

/**
 * How a host lists digests: as a person says, as its name says, or as the challenge says that it has already answered
 * with. Undefined where it does not, or nobody knows.
 */
export function listingOf({ setup, authorizer }: Host): Listing | undefined {
  const { kind } = setup.options;
  if (kind !== undefined) return LISTINGS[kind];
  return setup.rule?.listing ?? (authorizer.service === HARBOR_SERVICE ? harborListing : undefined);
}

/** What {@link listingOf} has found, by name; undefined for one that has none here. */
export function kindOf(listing: Listing): HostKind | undefined {
  return HOST_KINDS.find((kind) => LISTINGS[kind] === listing);
}
