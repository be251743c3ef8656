/** How a package is packed, as its first bytes say. A `gzip` or `zstd` one has a tar inside. */
export type Packing = "zip" | "tar" | "gzip" | "zstd";

export type ArchiveKind =
  | { readonly kind: "taken"; readonly packing: Packing }
  /** `name` is what it is, for people. */
  | { readonly kind: "refused"; readonly name: string };

/** As many bytes as are needed to know: a tar says what it is behind its first file's name. */
export const KIND_BYTES = 512;

const TAR_MAGIC_AT = 257;

/** https://www.iana.org/assignments/media-types and the formats' own pages say how each begins. */
const BEGINNINGS: readonly (readonly [beginning: readonly number[], kind: ArchiveKind])[] = [
  [[0x50, 0x4b, 0x03, 0x04], { kind: "taken", packing: "zip" }],
  [[0x50, 0x4b, 0x05, 0x06], { kind: "taken", packing: "zip" }], // one without any entry
  [[0x1f, 0x8b], { kind: "taken", packing: "gzip" }],
  [[0x28, 0xb5, 0x2f, 0xfd], { kind: "taken", packing: "zstd" }],
  [[0x50, 0x4b, 0x07, 0x08], { kind: "refused", name: "it is a part of a zip in several files" }],
  [[0x42, 0x5a, 0x68], { kind: "refused", name: "it is packed with bzip2" }],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], { kind: "refused", name: "it is packed with xz" }],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], { kind: "refused", name: "it is packed with 7-Zip" }],
  [[0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], { kind: "refused", name: "it is packed with RAR" }],
  [[0x04, 0x22, 0x4d, 0x18], { kind: "refused", name: "it is packed with LZ4" }],
  [[0x1f, 0x9d], { kind: "refused", name: "it is packed with compress" }],
];

/** @param start the first {@link KIND_BYTES} bytes, or all where there are fewer */
export function kindOf(start: Uint8Array): ArchiveKind {
  if (start.byteLength === 0) return { kind: "refused", name: "it is empty" };
  if (isTar(start)) return { kind: "taken", packing: "tar" };
  const found = BEGINNINGS.find(([beginning]) => beginning.every((byte, at) => start[at] === byte));
  return found?.[1] ?? { kind: "refused", name: "it is no archive that Slipway knows" };
}

/** Both POSIX's and GNU's. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
export function isTar(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(TAR_MAGIC_AT, TAR_MAGIC_AT + 5)).toString("latin1") === "ustar";
}
