import { digestOf } from "../oci/digest.ts";
import { OCI_INDEX } from "../oci/media-types.ts";
import type { Call } from "./call.ts";
import { readErrorBody } from "./error-body.ts";
import type { Host } from "./host.ts";
import { kindOf, listingOf } from "./listings/recognise.ts";
import type { HostKind } from "./options.ts";
import type { Answer } from "./transport/exchange.ts";

/** A fact about a registry and where it is from: its own answer, or what is known of it by its name or configuration. */
export type Known<T> = { readonly how: "asked" | "known"; readonly value: T } | { readonly how: "unknown" };

/** What can be known of a registry without writing to it. */
export interface Capabilities {
  /** Whether it lists what refers to an image. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers */
  readonly referrersApi: Known<boolean>;
  /** Whether a tag can be deleted over the protocol. Only deleting tells; false where it is known not to. */
  readonly deletesTags: Known<boolean>;
  /** Whose API lists what tags stand for, many at once. */
  readonly listing: Known<HostKind>;
  /** `Docker-Distribution-Api-Version`: `registry/2.0`. */
  readonly apiVersion: Known<string>;
}

const UNKNOWN = { how: "unknown" } as const;
const MAX_ERROR_BODY = 64 * 1024;
/** A registry with the API has an empty list for what it has never heard of. */
const NOBODYS_DIGEST = digestOf("");

/**
 * What a registry can do: one question, for the list of referrers of what is not there, whose answer tells the rest.
 * Nothing is written, and nothing that others know of the host is changed.
 * @throws UNAUTHORIZED, DENIED, and whatever keeps the host from answering
 */
export async function capabilitiesOf(host: Host, repository: string): Promise<Capabilities> {
  const call: Call = {
    method: "GET",
    path: `/v2/${repository}/referrers/${NOBODYS_DIGEST}`,
    repository,
    scopes: { [repository]: "pull" },
    headers: { accept: OCI_INDEX },
    expect: [200, 400, 404, 405, 501],
  };
  return host.call(call, async (answer) => {
    const apiVersion = answer.header("docker-distribution-api-version")?.split(" ")[0];
    return {
      referrersApi: await referrersApiOf(host, answer),
      deletesTags: host.setup.rule?.deletesTags === false ? { how: "known", value: false } : UNKNOWN,
      listing: bulkListingOf(host),
      apiVersion: apiVersion === undefined || apiVersion === "" ? UNKNOWN : { how: "asked", value: apiVersion },
    };
  });
}

async function referrersApiOf(host: Host, answer: Answer): Promise<Known<boolean>> {
  if (host.hasReferrersApi !== undefined) return { how: "asked", value: host.hasReferrersApi };
  if (answer.status === 200) {
    return { how: "asked", value: answer.header("content-type")?.split(";")[0] === OCI_INDEX };
  }
  const { code } = readErrorBody(await answer.bytes(MAX_ERROR_BODY).catch(() => Buffer.alloc(0)));
  // that the repository or the image is not there says nothing of the API
  return code === "NAME_UNKNOWN" || code === "MANIFEST_UNKNOWN" ? UNKNOWN : { how: "asked", value: false };
}

/** A person and a name are known; Harbor's challenge is an answer. */
function bulkListingOf(host: Host): Known<HostKind> {
  const listing = listingOf(host);
  const kind = listing === undefined ? host.setup.options.kind : kindOf(listing);
  if (kind === undefined) return UNKNOWN;
  const isKnown = host.setup.options.kind !== undefined || host.setup.rule?.listing !== undefined;
  return { how: isKnown ? "known" : "asked", value: kind };
}
