import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import type { RawManifest } from "../oci/manifest.ts";
import {
  DOCKER_CONFIG,
  DOCKER_FOREIGN_LAYER,
  DOCKER_LAYER_GZIP,
  OCI_CONFIG,
  OCI_INDEX,
  OCI_LAYER_GZIP,
  OCI_LAYER_TAR,
  OCI_MANIFEST,
} from "../oci/media-types.ts";

export type Annotations = Readonly<Record<string, string>>;

/** Docker's names of what an image consists of, and OCI's for the same bytes. */
const OCI_TYPES: Readonly<Record<string, string>> = {
  [DOCKER_CONFIG]: OCI_CONFIG,
  [DOCKER_LAYER_GZIP]: OCI_LAYER_GZIP,
  [DOCKER_FOREIGN_LAYER]: "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
  "application/vnd.docker.image.rootfs.diff.tar": OCI_LAYER_TAR,
  "application/vnd.docker.image.rootfs.diff.tar.zstd": "application/vnd.oci.image.layer.v1.tar+zstd",
};

export interface ImageParts {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Annotations;
}

/** An image manifest. https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md */
export function imageManifest({ config, layers, annotations }: ImageParts): RawManifest {
  return made(OCI_MANIFEST, { config: ociPart(config), layers: layers.map(ociPart), ...noted(annotations) });
}

/** An index of images for several platforms. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-index.md */
export function imageIndex(manifests: readonly Descriptor[], annotations: Annotations): RawManifest {
  return made(OCI_INDEX, { manifests: manifests.map(entryOf), ...noted(annotations) });
}

/** A manifest of its fields. */
export function made(mediaType: string, fields: object): RawManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...fields }));
  return { descriptor: descriptorOf(bytes, mediaType), bytes };
}

/** OCI's name for what may have Docker's. */
export function ociType(mediaType: string): string {
  return OCI_TYPES[mediaType] ?? mediaType;
}

/** A configuration or layer by OCI's name for it; its bytes, and so its digest, are the same. */
function ociPart({ mediaType, digest, size, annotations, urls }: Descriptor): Descriptor {
  return {
    mediaType: ociType(mediaType),
    digest,
    size,
    ...(urls !== undefined && { urls }),
    ...(annotations !== undefined && { annotations }),
  };
}

function entryOf({ mediaType, digest, size, platform, annotations }: Descriptor): object {
  return {
    mediaType,
    digest,
    size,
    ...(platform !== undefined && {
      platform: {
        architecture: platform.architecture,
        os: platform.os,
        "os.version": platform["os.version"],
        variant: platform.variant,
      },
    }),
    ...(annotations !== undefined && { annotations }),
  };
}

function noted(annotations: Annotations): { readonly annotations?: Annotations } {
  return Object.keys(annotations).length === 0 ? {} : { annotations: byName(annotations) };
}

/** In one order, so that the same annotations are the same bytes. */
export function byName(annotations: Annotations): Annotations {
  return Object.fromEntries(Object.entries(annotations).sort(([one], [other]) => (one < other ? -1 : 1)));
}
