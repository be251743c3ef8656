import { type Digest, digestOf, isDigest } from "../../oci/digest.ts";
import {
  blobsOf,
  childrenOf,
  MAX_MANIFEST_BYTES,
  type Manifest,
  parseManifest,
  type RawManifest,
} from "../../oci/manifest.ts";
import { isForeignLayer, isManifestType } from "../../oci/media-types.ts";
import { isTag } from "../../oci/reference.ts";
import { type Answer, type Incoming, readAll } from "./answer.ts";
import { checkDigest, checkName, unsupported } from "./checks.ts";
import type { Repository } from "./content.ts";
import { Problem } from "./problem.ts";
import { checkTaken } from "./refusals.ts";
import type { State } from "./state.ts";

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests and what follows it */
export async function manifests(
  state: State,
  incoming: Incoming,
  repository: string,
  reference: string,
): Promise<Answer> {
  switch (incoming.method) {
    case "GET":
    case "HEAD":
      return get(state, incoming, repository, reference);
    case "PUT":
      return put(state, incoming, repository, reference);
    case "DELETE":
      return remove(state, repository, reference);
    default:
      return unsupported(incoming.method);
  }
}

function get(state: State, incoming: Incoming, name: string, reference: string): Answer {
  const { descriptor, bytes } = find(state.content.repository(name), name, reference);
  const accepted = (incoming.headers.accept ?? "").split(",").map((type) => type.split(";")[0]?.trim());
  if (!accepted.includes(descriptor.mediaType)) {
    throw new Problem(404, "MANIFEST_UNKNOWN", `${name} has ${reference} as ${descriptor.mediaType}, not accepted`);
  }
  const headers = {
    "content-type": descriptor.mediaType,
    "docker-content-digest": descriptor.digest,
    etag: `"${descriptor.digest}"`,
  };
  return { status: 200, headers, body: bytes };
}

function find(repository: Repository, name: string, reference: string): RawManifest {
  const digest = reference.includes(":") ? checkDigest(reference) : repository.tags.get(reference);
  const manifest = digest === undefined ? undefined : repository.manifests.get(digest);
  if (manifest === undefined) throw new Problem(404, "MANIFEST_UNKNOWN", `${name} has no ${reference}`);
  return manifest;
}

async function put(state: State, incoming: Incoming, name: string, reference: string): Promise<Answer> {
  checkName(name);
  const asked = reference.includes(":") ? checkDigest(reference) : undefined;
  if (asked === undefined && !isTag(reference)) {
    throw new Problem(400, "MANIFEST_INVALID", `${reference} is neither a tag nor a digest`);
  }
  const bytes = await readAll(incoming, MAX_MANIFEST_BYTES);
  if (bytes === undefined) throw new Problem(413, "SIZE_INVALID", `more than ${MAX_MANIFEST_BYTES} bytes`);
  const mediaType = incoming.headers["content-type"] ?? "";
  if (!isManifestType(mediaType)) throw new Problem(400, "MANIFEST_INVALID", `"${mediaType}" is no manifest type`);
  const digest = digestOf(bytes, asked?.startsWith("sha512:") ? "sha512" : "sha256");
  if (asked !== undefined && asked !== digest) {
    throw new Problem(400, "DIGEST_INVALID", `the bytes have the digest ${digest}, not ${asked}`);
  }
  checkMovable(state, name, reference);
  const raw: RawManifest = { descriptor: { mediaType, digest, size: bytes.byteLength }, bytes };
  const manifest = parsed(raw);
  checkTaken(state.options.refuses ?? [], manifest, raw);
  checkComplete(state, name, manifest);
  const repository = state.content.create(name);
  const show = () => {
    repository.manifests.set(digest, raw);
    if (asked === undefined) repository.tags.set(reference, digest);
  };
  if (incoming.lag > 0) setTimeout(show, incoming.lag).unref();
  else show();
  return {
    status: 201,
    headers: {
      location: `/v2/${name}/manifests/${digest}`,
      "docker-content-digest": digest,
      ...(manifest.subject !== undefined &&
        state.options.referrers !== false && { "oci-subject": manifest.subject.digest }),
    },
  };
}

function parsed(raw: RawManifest): Manifest {
  try {
    return parseManifest(raw);
  } catch (error) {
    throw new Problem(400, "MANIFEST_INVALID", error instanceof Error ? error.message : String(error));
  }
}

/** Harbor looks at the rule and not at the digest: what the tag stands for already is refused as well. @throws PRECONDITION */
function checkMovable(state: State, name: string, reference: string): void {
  const isThere = state.content.repositories.get(name)?.tags.has(reference) ?? false;
  if (!isThere || state.options.immutableTags?.(reference) !== true) return;
  const inProject = name.slice(name.indexOf("/") + 1);
  const message = `Failed to process request due to '${inProject}:${reference}' configured as immutable.`;
  throw new Problem(412, "PRECONDITION", message);
}

/** Everything that a manifest points to must be here before it, its subject excepted. @throws MANIFEST_BLOB_UNKNOWN */
function checkComplete(state: State, name: string, manifest: Manifest): void {
  const repository = state.content.repositories.get(name);
  const needed = blobsOf(manifest).filter((blob) => !isForeignLayer(blob.mediaType));
  const missing: Digest | undefined = [
    ...needed.filter(({ digest }) => repository?.blobs.has(digest) !== true),
    ...childrenOf(manifest).filter(({ digest }) => repository?.manifests.has(digest) !== true),
  ][0]?.digest;
  if (missing === undefined) return;
  throw new Problem(400, "MANIFEST_BLOB_UNKNOWN", `${missing} is not in ${name}`);
}

function remove(state: State, name: string, reference: string): Answer {
  if (state.options.deletes === false) unsupported("DELETE");
  const repository = state.content.repository(name);
  const { descriptor } = find(repository, name, reference);
  if (!isDigest(reference)) {
    if (state.options.deletes === "digests") throw new Problem(400, "DIGEST_INVALID", `${reference} is no digest`);
    repository.tags.delete(reference);
    return { status: 202 };
  }
  repository.manifests.delete(descriptor.digest);
  for (const [tag, digest] of repository.tags) if (digest === descriptor.digest) repository.tags.delete(tag);
  return { status: 202 };
}
