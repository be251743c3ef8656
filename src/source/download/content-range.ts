import type { Held, Version } from "./remote.ts";

/** What a part of a file says of where it belongs. Positions are in bytes; `end` is the last one's. */
export interface ContentRange {
  readonly start: number;
  readonly end: number;
  readonly size?: number;
}

/** `bytes 100-199/200`, or `*` for a size that is not known. https://www.rfc-editor.org/rfc/rfc9110#name-content-range */
export function parseContentRange(header: string | undefined): ContentRange | undefined {
  const [, start, end, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header?.trim() ?? "") ?? [];
  if (start === undefined || end === undefined || Number(start) > Number(end)) return undefined;
  if (size === "*") return { start: Number(start), end: Number(end) };
  return Number(end) < Number(size) ? { start: Number(start), end: Number(end), size: Number(size) } : undefined;
}

/**
 * Whether a part is the rest of what is held: it begins where that ends, and is of the same version.
 * @returns why not; undefined where it is
 */
export function whyNoRest(range: ContentRange | undefined, version: Version, held: Held): string | undefined {
  if (range === undefined) return "it is no range";
  if (range.start !== held.bytes) return `it begins at ${range.start}, and byte ${held.bytes} was asked for`;
  const { size, etag } = held.version;
  if (range.size !== undefined && size !== undefined && range.size !== size) {
    return `it is of ${range.size} bytes, and the beginning was of ${size}`;
  }
  if (etag !== undefined && version.etag !== undefined && etag !== version.etag) return "it is of another version";
  return undefined;
}
