import type { Descriptor } from "../../oci/descriptor.ts";
import { type ImageManifest, type Manifest, parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { DOCKER_CONFIG, isIndexType, OCI_CONFIG } from "../../oci/media-types.ts";

/** https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const REFERENCE_TYPE = "vnd.docker.reference.type";
const IN_TOTO = "application/vnd.in-toto+json";
const IMAGE_CONFIGS: readonly string[] = [OCI_CONFIG, DOCKER_CONFIG];

/** Whether an index says of one of its children that it is an attestation, as BuildKit does. */
export function isListedAsAttestation(child: Descriptor): boolean {
  return child.annotations?.[REFERENCE_TYPE] !== undefined;
}

/** Whether it is no image that could run: an attestation in either of BuildKit's forms, or any other artifact. */
export function isArtifact(manifest: Manifest): manifest is ImageManifest {
  if (manifest.kind !== "image") return false;
  const { config, layers } = manifest;
  if (!IMAGE_CONFIGS.includes(config.mediaType)) return true;
  return layers.length > 0 && layers.every(({ mediaType }) => mediaType === IN_TOTO);
}

export function isNested(manifest: Manifest): boolean {
  return manifest.kind === "index" && manifest.manifests.some(({ mediaType }) => isIndexType(mediaType));
}

/** What a registry looks at when it refuses a manifest: what agrees in this is refused alike. */
export function kindOf(raw: RawManifest): string {
  const manifest = parseManifest(raw);
  const parts =
    manifest.kind === "image"
      ? [manifest.config.mediaType, ...manifest.layers.map((layer) => layer.mediaType)]
      : manifest.manifests.map((child) => `${child.mediaType} ${isListedAsAttestation(child)}`);
  return JSON.stringify([raw.descriptor.mediaType, manifest.artifactType ?? "", ...[...new Set(parts)].sort()]);
}
