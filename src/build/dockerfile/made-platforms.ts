import type { Descriptor } from "../../oci/descriptor.ts";
import { MAX_MANIFEST_BYTES, parseManifest, type RawManifest } from "../../oci/manifest.ts";
import { formatPlatform, matchesPlatform, type Platform, type PlatformFilter } from "../../oci/platform.ts";
import { collect } from "../../target/bytes.ts";
import type { ReadTarget } from "../../target/target.ts";
import { verified } from "../../target/verified.ts";
import { failure } from "../../words/error.ts";
import type { ManifestTree } from "../annotate.ts";
import { parseImageJson, platformOf } from "../image-json.ts";
import { platformNames } from "./platform-names.ts";

/**
 * The platforms that a builder's images are for, as each image says it itself: it runs there and nowhere else, whatever
 * an index says of it.
 * @throws BUILD_PLATFORMS_WRONG where one is missing that was asked for, or where the index says otherwise
 */
export async function madePlatforms(
  from: ReadTarget,
  { root, children }: ManifestTree,
  builder: string,
  wanted: readonly PlatformFilter[],
): Promise<readonly Platform[]> {
  const manifest = parseManifest(root);
  const entries = manifest.kind === "image" ? [root.descriptor] : manifest.manifests;
  const manifests = new Map([...children, root].map((raw) => [raw.descriptor.digest, raw]));
  const made: Platform[] = [];
  const mistaken: string[] = [];
  for (const { digest, platform } of entries) {
    const raw = manifests.get(digest);
    const own = raw === undefined ? undefined : await ownPlatform(from, raw);
    if (own === undefined) continue;
    made.push(own);
    if (platform !== undefined && !isSame(platform, own)) mistaken.push(formatPlatform(platform));
  }
  const missing = wanted.filter((filter) => !made.some((platform) => matchesPlatform(platform, filter)));
  const missed = [...mistaken, ...missing.map((filter) => platformNames([filter]))];
  if (missed.length === 0) return made;
  throw failure("BUILD_PLATFORMS_WRONG", {
    builder,
    wanted: [...new Set(missed)].join(", "),
    made: made.map(formatPlatform).join(", ") || "none",
  });
}

/** Undefined for what is no image: an attestation. */
async function ownPlatform(from: ReadTarget, raw: RawManifest): Promise<Platform | undefined> {
  const manifest = parseManifest(raw);
  if (manifest.kind !== "image") return undefined;
  const image = parseImageJson(await configOf(from, manifest.config));
  return image === undefined || image.os === "unknown" ? undefined : platformOf(image);
}

function configOf(from: ReadTarget, config: Descriptor): Promise<Uint8Array> {
  return collect(verified(from.name, config, from.blob(config)), MAX_MANIFEST_BYTES);
}

function isSame(one: Platform, other: Platform): boolean {
  return one.os === other.os && one.architecture === other.architecture;
}
