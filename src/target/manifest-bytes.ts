import type { Descriptor } from "../oci/descriptor.ts";
import { algorithmOf, digestOf } from "../oci/digest.ts";
import type { Manifest, RawManifest } from "../oci/manifest.ts";
import { isManifestType, OCI_INDEX, OCI_MANIFEST } from "../oci/media-types.ts";
import { failure } from "../words/error.ts";

/** Holds a manifest's bytes against its digest. @throws CONTENT_MISMATCH */
export function checkManifest(target: string, manifest: RawManifest): RawManifest {
  const { digest } = manifest.descriptor;
  const actual = digestOf(manifest.bytes, algorithmOf(digest));
  if (actual !== digest) throw failure("CONTENT_MISMATCH", { digest, target, reason: `they hash to ${actual}` });
  return manifest;
}

/**
 * The media type of a manifest that nothing describes: its own word, or else what its fields are. Undefined for what is
 * no manifest.
 */
export function manifestTypeOf(bytes: Uint8Array): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  if ("mediaType" in json && typeof json.mediaType === "string") {
    return isManifestType(json.mediaType) ? json.mediaType : undefined;
  }
  if ("manifests" in json) return OCI_INDEX;
  return "config" in json && "layers" in json ? OCI_MANIFEST : undefined;
}

/**
 * How a list of referrers describes a manifest that has a subject.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export function referrerDescriptor({ descriptor }: RawManifest, manifest: Manifest): Descriptor {
  const artifactType = manifest.artifactType ?? (manifest.kind === "image" ? manifest.config.mediaType : undefined);
  return {
    mediaType: descriptor.mediaType,
    digest: descriptor.digest,
    size: descriptor.size,
    ...(artifactType !== undefined && { artifactType }),
    ...(manifest.annotations !== undefined && { annotations: manifest.annotations }),
  };
}
