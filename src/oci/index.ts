/** The field's words, as types and pure functions. */
export { type Descriptor, descriptorOf } from "./descriptor.ts";
export {
  type Algorithm,
  type Digest,
  digestOf,
  hasherFor,
  hexOf,
  isDigest,
  parseDigest,
  shortDigest,
} from "./digest.ts";
export {
  blobsOf,
  childrenOf,
  type ImageIndex,
  type ImageManifest,
  MAX_MANIFEST_BYTES,
  type Manifest,
  parseManifest,
  type RawManifest,
  referrersTag,
} from "./manifest.ts";
export * from "./media-types.ts";
export { formatPlatform, matchesPlatform, type Platform, type PlatformFilter, parsePlatform } from "./platform.ts";
export { canonicalHost, formatReference, isTag, parseReference, type Reference, repositoryOf } from "./reference.ts";
