import type { Descriptor } from "../../oci/descriptor.ts";
import { parseManifest, type RawManifest } from "../../oci/manifest.ts";
import {
  DOCKER_CONFIG,
  DOCKER_FOREIGN_LAYER,
  DOCKER_LAYER_GZIP,
  DOCKER_MANIFEST,
  OCI_CONFIG,
  OCI_LAYER_GZIP,
  OCI_LAYER_TAR,
} from "../../oci/media-types.ts";
import { dockerManifest } from "../../target/docker-manifest.ts";

const DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";

/** https://distribution.github.io/distribution/spec/manifest-v2-2/; an uncompressed layer's type is containers/image's */
const DOCKER_TYPES: Readonly<Record<string, string>> = {
  [OCI_CONFIG]: DOCKER_CONFIG,
  [OCI_LAYER_TAR]: DOCKER_LAYER_TAR,
  [OCI_LAYER_GZIP]: DOCKER_LAYER_GZIP,
  "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip": DOCKER_FOREIGN_LAYER,
};
const DOCKER_OWN: readonly string[] = [DOCKER_CONFIG, DOCKER_LAYER_TAR, DOCKER_LAYER_GZIP, DOCKER_FOREIGN_LAYER];

/**
 * The same configuration and layers under Docker's names for them, the same bytes from run to run; the manifest itself
 * where it is Docker's. Undefined where a part has no such name, as layers in zstd and artifacts.
 */
export function asDockerImage(manifest: RawManifest): RawManifest | undefined {
  if (manifest.descriptor.mediaType === DOCKER_MANIFEST) return manifest;
  const image = parseManifest(manifest);
  if (image.kind !== "image") return undefined;
  const config = asDockerPart(image.config);
  const layers = image.layers.map(asDockerPart).filter((layer) => layer !== undefined);
  if (config === undefined || layers.length < image.layers.length) return undefined;
  return dockerManifest(config, layers);
}

function asDockerPart({ mediaType, digest, size, urls }: Descriptor): Descriptor | undefined {
  const type = DOCKER_OWN.includes(mediaType) ? mediaType : DOCKER_TYPES[mediaType];
  return type === undefined ? undefined : { mediaType: type, size, digest, ...(urls !== undefined && { urls }) };
}
