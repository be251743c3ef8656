import { type Digest, digestOf } from "./digest.ts";
import type { Platform } from "./platform.ts";

/** What content is, how long, and by which digest it is known. https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  /** Where a foreign layer may be fetched from; Slipway does not, unless asked. */
  readonly urls?: readonly string[];
}

export function descriptorOf(bytes: Uint8Array, mediaType: string): Descriptor {
  return { mediaType, digest: digestOf(bytes), size: bytes.byteLength };
}
