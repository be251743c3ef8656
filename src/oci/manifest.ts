import { failure } from "../words/error.ts";
import type { Descriptor } from "./descriptor.ts";
import { type Digest, isDigest } from "./digest.ts";
import { isIndexType, isManifestType } from "./media-types.ts";
import type { Platform } from "./platform.ts";

/** A manifest exactly as it was read. The bytes are what is forwarded; nothing here ever serialises them again. */
export interface RawManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/** What a manifest points to. */
export type Manifest = ImageManifest | ImageIndex;

export interface ImageManifest {
  readonly kind: "image";
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface ImageIndex {
  readonly kind: "index";
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What every registry takes, and so the most that is read. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;
const MAX_CHILDREN = 10_000;

const UTF8 = new TextDecoder("utf-8", { fatal: true });
/** A manifest that goes from one place to another is read at each. */
const parsed = new WeakMap<RawManifest, Manifest>();

/**
 * Reads what a manifest points to, and refuses what two programs could read in two ways: `manifests` beside `layers`
 * (CVE-2021-41190), a `mediaType` that is not the one it was served with, sizes that a double cannot hold.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md
 * @throws MANIFEST_INVALID
 */
export function parseManifest(raw: RawManifest): Manifest {
  const known = parsed.get(raw);
  if (known !== undefined) return known;
  const manifest = parse(raw);
  parsed.set(raw, manifest);
  return manifest;
}

function parse(raw: RawManifest): Manifest {
  const refuse = (reason: string) => failure("MANIFEST_INVALID", { digest: raw.descriptor.digest, reason });
  if (raw.bytes.byteLength > MAX_MANIFEST_BYTES) throw refuse(`it is larger than ${MAX_MANIFEST_BYTES} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(UTF8.decode(raw.bytes));
  } catch (cause) {
    throw failure("MANIFEST_INVALID", { digest: raw.descriptor.digest, reason: "it is not JSON" }, { cause });
  }
  if (!isRecord(json)) throw refuse("it is not an object");
  const served = raw.descriptor.mediaType;
  if (!isManifestType(served)) throw refuse(`its type "${served}" is not an image manifest or index`);
  if (json.mediaType !== undefined && json.mediaType !== served) {
    throw refuse(`it calls itself ${String(json.mediaType)} but was served as ${served}`);
  }
  if (json.manifests !== undefined && (json.layers !== undefined || json.config !== undefined)) {
    throw refuse("it has both `manifests` and `layers` or `config`");
  }
  const common = {
    ...(json.subject !== undefined &&
      json.subject !== null && { subject: readDescriptor(json.subject, "subject", refuse) }),
    ...(typeof json.artifactType === "string" && { artifactType: json.artifactType }),
    ...(isRecord(json.annotations) && { annotations: stringsOf(json.annotations) }),
  };
  if (isIndexType(served)) {
    return { kind: "index", manifests: readDescriptors(json.manifests, "manifests", refuse), ...common };
  }
  return {
    kind: "image",
    config: readDescriptor(json.config, "config", refuse),
    layers: readDescriptors(json.layers, "layers", refuse),
    ...common,
  };
}

type Refuse = (reason: string) => Error;

function readDescriptors(value: unknown, where: string, refuse: Refuse): readonly Descriptor[] {
  if (!Array.isArray(value)) throw refuse(`\`${where}\` is not a list`);
  if (value.length > MAX_CHILDREN) throw refuse(`\`${where}\` has more than ${MAX_CHILDREN} entries`);
  return value.map((entry, at) => readDescriptor(entry, `${where}[${at}]`, refuse));
}

function readDescriptor(value: unknown, where: string, refuse: Refuse): Descriptor {
  if (!isRecord(value)) throw refuse(`\`${where}\` is not a descriptor`);
  const { mediaType, digest, size, platform, annotations, artifactType, urls } = value;
  if (typeof mediaType !== "string") throw refuse(`\`${where}.mediaType\` is missing`);
  if (typeof digest !== "string" || !isDigest(digest)) throw refuse(`\`${where}.digest\` is not a digest`);
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw refuse(`\`${where}.size\` is not a whole number from 0 to 2^53`);
  }
  return {
    mediaType,
    digest,
    size,
    ...(isRecord(platform) && { platform: readPlatform(platform) }),
    ...(isRecord(annotations) && { annotations: stringsOf(annotations) }),
    ...(typeof artifactType === "string" && { artifactType }),
    ...(Array.isArray(urls) && { urls: urls.filter((url): url is string => typeof url === "string") }),
  };
}

function readPlatform(value: Readonly<Record<string, unknown>>): Platform {
  const text = (name: string) => (typeof value[name] === "string" ? value[name] : "");
  return {
    os: text("os"),
    architecture: text("architecture"),
    ...(text("variant") !== "" && { variant: text("variant") }),
    ...(text("os.version") !== "" && { "os.version": text("os.version") }),
  };
}

function stringsOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The manifests that a manifest needs to exist before itself. */
export function childrenOf(manifest: Manifest): readonly Descriptor[] {
  return manifest.kind === "index" ? manifest.manifests.filter((child) => isManifestType(child.mediaType)) : [];
}

/** The blobs that a manifest needs to exist before itself. An index may hold blobs as well (BuildKit's caches do). */
export function blobsOf(manifest: Manifest): readonly Descriptor[] {
  if (manifest.kind === "image") return [manifest.config, ...manifest.layers];
  return manifest.manifests.filter((child) => !isManifestType(child.mediaType));
}

/** The tag under which registries without a referrers API list what refers to a digest. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export function referrersTag(digest: Digest): string {
  return digest.replace(":", "-").slice(0, 128);
}
