/** Where content lives: the contracts, and the places besides registries. */
export { bodyOf, collect } from "./bytes.ts";
export { type Cache, type CacheOptions, openCache } from "./cache/cache.ts";
export type { SharedBody, Spool } from "./cache/spool.ts";
export { choosePlatform, hostPlatform } from "./choose-platform.ts";
export type { Environment } from "./docker-host.ts";
export { LayoutTarget } from "./layout.ts";
export { LayoutReader, type ListedImage } from "./layout-reader.ts";
export { MemoryTarget } from "./memory.ts";
export type { Notes } from "./notes.ts";
export { type OpenDestination, type OpenOptions, type OpenSource, openDestination, openSource } from "./open.ts";
export type {
  Body,
  PrunableTarget,
  PushBlobOptions,
  Pushed,
  ReadOptions,
  ReadTarget,
  Sink,
  TagOrDigest,
  WriteTarget,
} from "./target.ts";
export { readableOf } from "./through.ts";
export { formatPlace, type LayoutPlace, type LocalPlace, type Place, parsePlace } from "./transport.ts";
export { verified } from "./verified.ts";
