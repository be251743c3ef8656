import type { Descriptor } from "../../oci/descriptor.ts";
import { parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { OCI_INDEX } from "../../oci/media-types.ts";
import { type Answer, type Incoming, json } from "./answer.ts";
import { checkDigest, unsupported } from "./checks.ts";
import { Problem } from "./problem.ts";
import type { State } from "./state.ts";

const DEFAULT_PAGE = 1000;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags */
export function tags(state: State, incoming: Incoming, name: string): Answer {
  const { entries, headers } = page(state, incoming, [...state.content.repository(name).tags.keys()]);
  return json(200, { name, tags: entries }, headers);
}

/** Not in the specification; https://distribution.github.io/distribution/spec/api/#listing-repositories */
export function catalog(state: State, incoming: Incoming): Answer {
  const { entries, headers } = page(state, incoming, [...state.content.repositories.keys()]);
  return json(200, { repositories: entries }, headers);
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers */
export function referrers(state: State, incoming: Incoming, name: string, reference: string): Answer {
  if (state.options.referrers === false) return { status: 404 };
  const subject = checkDigest(reference);
  const artifactType = incoming.url.searchParams.get("artifactType");
  const all = [...(state.content.repositories.get(name)?.manifests.values() ?? [])]
    .flatMap((raw) => referrerOf(raw, subject))
    .filter((referrer) => artifactType === null || referrer.artifactType === artifactType);
  const byDigest = new Map(all.map((referrer) => [referrer.digest as string, referrer]));
  const { entries, headers } = page(state, incoming, [...byDigest.keys()]);
  const index = {
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: entries.map((digest) => byDigest.get(digest)),
  };
  return json(200, index, {
    ...headers,
    ...(artifactType !== null && { "oci-filters-applied": "artifactType" }),
    "content-type": OCI_INDEX,
  });
}

/** How a manifest is listed under its subject; nothing where it has another one, or none. */
function referrerOf(raw: RawManifest, subject: string): readonly Descriptor[] {
  const manifest = parseManifest(raw);
  if (manifest.subject?.digest !== subject) return [];
  const artifactType = manifest.artifactType ?? (manifest.kind === "image" ? manifest.config.mediaType : undefined);
  return [
    {
      ...raw.descriptor,
      ...(artifactType !== undefined && { artifactType }),
      ...(manifest.annotations !== undefined && { annotations: manifest.annotations }),
    },
  ];
}

interface Page {
  readonly entries: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The entries after `last`, `n` at most, in the order of their bytes, and where the next page is. */
function page(state: State, incoming: Incoming, all: readonly string[]): Page {
  if (incoming.method !== "GET") unsupported(incoming.method);
  const query = incoming.url.searchParams;
  const asked = query.get("n");
  if (asked !== null && !/^\d+$/.test(asked)) {
    throw new Problem(400, "PAGINATION_NUMBER_INVALID", `${asked} is not a number of entries`);
  }
  const most = state.options.pageSize ?? DEFAULT_PAGE;
  const count = Math.min(asked === null ? most : Number(asked), most);
  const last = query.get("last") ?? "";
  const rest = all.filter((entry) => entry > last).sort((left, right) => (left < right ? -1 : 1));
  const entries = rest.slice(0, count);
  const end = entries.at(-1);
  if (end === undefined || rest.length <= entries.length) return { entries, headers: {} };
  const next = new URLSearchParams(query);
  next.set("n", String(count));
  next.set("last", end);
  return { entries, headers: { link: `<${incoming.url.pathname}?${next}>; rel="next"` } };
}
