import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { MAX_MANIFEST_BYTES, parseManifest, type RawManifest, referrersTag } from "../oci/manifest.ts";
import { OCI_INDEX } from "../oci/media-types.ts";
import type { Host } from "./host.ts";
import { getManifest, putManifest } from "./manifests.ts";
import { nextLink } from "./tags.ts";

const MAX_PAGES = 100;

/**
 * What refers to a digest: by the API, or by the tag schema where a registry has no such API. A host that lacks it is
 * asked once.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export async function listReferrers(
  host: Host,
  repository: string,
  digest: Digest,
  tags?: ReadonlySet<string>,
): Promise<readonly Descriptor[]> {
  const listed = await askApi(host, repository, digest);
  if (listed !== undefined) return listed;
  return tags?.has(referrersTag(digest)) === false ? [] : listByTag(host, repository, digest);
}

/** Undefined where there is no such API. While nobody knows whether there is, one asks and the others wait. */
async function askApi(host: Host, repository: string, digest: Digest): Promise<readonly Descriptor[] | undefined> {
  const first: { listed?: readonly Descriptor[] } = {};
  const ask = async () => {
    const listed = await listByApi(host, repository, digest);
    host.hasReferrersApi = listed !== undefined;
    return listed;
  };
  if (host.hasReferrersApi === undefined) {
    await host.turns.run("referrers API", async () => {
      if (host.hasReferrersApi !== undefined) return;
      const listed = await ask();
      if (listed !== undefined) first.listed = listed;
    });
  }
  return first.listed ?? (host.hasReferrersApi === true ? ask() : undefined);
}

async function listByApi(host: Host, repository: string, digest: Digest): Promise<readonly Descriptor[] | undefined> {
  const found: Descriptor[] = [];
  let next: URL | undefined = new URL(`/v2/${repository}/referrers/${digest}`, host.setup.base);
  for (let pages = 0; next !== undefined && pages < MAX_PAGES; pages += 1) {
    const url: URL = next;
    const call = {
      method: "GET",
      path: url,
      repository,
      scopes: { [repository]: "pull" },
      headers: { accept: OCI_INDEX },
      expect: [200, 400, 404, 405, 501],
    } as const;
    const page = await host.call(call, async (answer) => {
      const type = answer.header("content-type")?.split(";")[0];
      if (answer.status !== 200 || type !== OCI_INDEX) return undefined;
      const bytes = await answer.bytes(MAX_MANIFEST_BYTES);
      return { manifests: readIndex(bytes), next: nextLink(host, url, answer.header("link")) };
    });
    if (page === undefined) return undefined;
    found.push(...page.manifests);
    next = page.next;
  }
  return found;
}

async function listByTag(host: Host, repository: string, digest: Digest): Promise<readonly Descriptor[]> {
  const manifest = await getManifest(host, repository, referrersTag(digest));
  return manifest?.descriptor.mediaType === OCI_INDEX ? readIndex(manifest.bytes) : [];
}

/**
 * Lists a manifest with its subject where the registry does not do it by itself: the index under the subject's tag is
 * read, added to and written back. Not atomic, as the specification says; within one process it is one after the other.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests-with-subject
 */
export function addReferrer(
  host: Host,
  repository: string,
  subject: Digest,
  referrer: Descriptor,
  beforeSend?: () => void,
): Promise<void> {
  const key = `${repository}@${subject}`;
  return host.turns.run(key, async () => {
    const written = host.referrersWritten.get(key) ?? [];
    const listed = joined(await listByTag(host, repository, subject), written);
    if (listed.some((one) => one.digest === referrer.digest)) return;
    const manifests = [...listed, referrer];
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }));
    const index = { bytes, descriptor: descriptorOf(bytes, OCI_INDEX) };
    await putManifest(host, repository, index, referrersTag(subject), beforeSend);
    host.referrersWritten.set(key, manifests);
  });
}

/** A registry may not show at once what it has taken: a list that lacked it would lose it. */
function joined(listed: readonly Descriptor[], written: readonly Descriptor[]): readonly Descriptor[] {
  return [...listed, ...written.filter(({ digest }) => !listed.some((one) => one.digest === digest))];
}

/** How a referrer stands in a list: with its artifact type and annotations, as the specification asks. */
export function referrerDescriptor(manifest: RawManifest): { subject: Digest; descriptor: Descriptor } | undefined {
  const parsed = parseManifest(manifest);
  if (parsed.subject === undefined) return undefined;
  const artifactType = parsed.artifactType ?? (parsed.kind === "image" ? parsed.config.mediaType : undefined);
  return {
    subject: parsed.subject.digest,
    descriptor: {
      ...manifest.descriptor,
      ...(artifactType !== undefined && { artifactType }),
      ...(parsed.annotations !== undefined && { annotations: parsed.annotations }),
    },
  };
}

function readIndex(bytes: Uint8Array): readonly Descriptor[] {
  const index = parseManifest({ bytes, descriptor: descriptorOf(bytes, OCI_INDEX) });
  return index.kind === "index" ? index.manifests : [];
}
