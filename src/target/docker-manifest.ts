import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import { type Digest, isDigest } from "../oci/digest.ts";
import type { RawManifest } from "../oci/manifest.ts";
import { DOCKER_MANIFEST } from "../oci/media-types.ts";

/**
 * One image of `docker save`'s manifest.json: names of files in the archive.
 * https://github.com/moby/docker-image-spec/blob/v1.3.1/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export interface SavedImage {
  readonly Config: string;
  readonly RepoTags: readonly string[];
  readonly Layers: readonly string[];
}

export const SAVED_IMAGES_FILE = "manifest.json";

/** Reads manifest.json; undefined where it is not one. */
export function parseSavedImages(bytes: Uint8Array): readonly SavedImage[] | undefined {
  const json = jsonOf(bytes);
  if (!Array.isArray(json)) return undefined;
  const images = json.map(parseSavedImage).filter((image) => image !== undefined);
  return images.length === json.length ? images : undefined;
}

function parseSavedImage(json: unknown): SavedImage | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  if (!("Config" in json) || typeof json.Config !== "string" || !("Layers" in json)) return undefined;
  // An image without layers or names has `null` there, as Go writes it.
  const Layers = stringsOf(json.Layers ?? []);
  const RepoTags = stringsOf("RepoTags" in json ? (json.RepoTags ?? []) : []);
  return Layers === undefined || RepoTags === undefined ? undefined : { Config: json.Config, RepoTags, Layers };
}

/**
 * The digests of an image's layers as they are uncompressed, in order; undefined for what is no container image.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function diffIdsOf(config: Uint8Array): readonly Digest[] | undefined {
  const json = jsonOf(config);
  if (typeof json !== "object" || json === null || !("rootfs" in json)) return undefined;
  const { rootfs } = json;
  if (typeof rootfs !== "object" || rootfs === null || !("diff_ids" in rootfs)) return undefined;
  const ids = stringsOf(rootfs.diff_ids ?? []);
  return ids?.every(isDigest) ? ids.filter(isDigest) : undefined;
}

/** A manifest for parts that have none, as Docker pushes them. https://distribution.github.io/distribution/spec/manifest-v2-2/ */
export function dockerManifest(config: Descriptor, layers: readonly Descriptor[]): RawManifest {
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: DOCKER_MANIFEST, config, layers }, null, 2));
  return { descriptor: descriptorOf(bytes, DOCKER_MANIFEST), bytes };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

function stringsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}
