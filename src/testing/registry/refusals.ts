import type { Manifest, RawManifest } from "../../oci/manifest.ts";
import {
  DOCKER_CONFIG,
  DOCKER_INDEX,
  DOCKER_MANIFEST,
  isForeignLayer,
  isIndexType,
  OCI_CONFIG,
} from "../../oci/media-types.ts";
import type { Refused } from "./options.ts";
import { Problem } from "./problem.ts";

const IMAGE_CONFIGS: readonly string[] = [OCI_CONFIG, DOCKER_CONFIG];
const DOCKER_MANIFESTS: readonly string[] = [DOCKER_INDEX, DOCKER_MANIFEST];

/** What a registry says to a manifest that it does not take; undefined where it takes it. */
type Refusal = (manifest: Manifest, raw: RawManifest) => Problem | undefined;

const REFUSALS: Readonly<Record<Refused, Refusal>> = {
  artifacts: (manifest) => {
    if (manifest.kind !== "image" || IMAGE_CONFIGS.includes(manifest.config.mediaType)) return undefined;
    return new Problem(403, "DENIED", `unknown manifest class for ${manifest.config.mediaType}`);
  },
  attestations: (manifest) => {
    const layer =
      manifest.kind === "image" ? manifest.layers.find(({ mediaType }) => /in-toto/.test(mediaType)) : undefined;
    return layer && new Problem(415, "MANIFEST_INVALID", "manifest invalid");
  },
  "nested-indexes": (manifest) => {
    const isNested = manifest.kind === "index" && manifest.manifests.some((child) => isIndexType(child.mediaType));
    return isNested ? new Problem(400, "MANIFEST_INVALID", "manifest invalid") : undefined;
  },
  oci: (_, { descriptor }) =>
    DOCKER_MANIFESTS.includes(descriptor.mediaType)
      ? undefined
      : new Problem(400, "MANIFEST_INVALID", "manifest invalid"),
  "foreign-layers": (manifest) => {
    const layer = manifest.kind === "image" ? manifest.layers.find((one) => isForeignLayer(one.mediaType)) : undefined;
    return layer && new Problem(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry");
  },
};

/** @throws what the registry is to answer */
export function checkTaken(refused: readonly Refused[], manifest: Manifest, raw: RawManifest): void {
  for (const one of refused) {
    const problem = REFUSALS[one](manifest, raw);
    if (problem !== undefined) throw problem;
  }
}
