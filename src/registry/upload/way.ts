import type { Descriptor } from "../../oci/descriptor.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { UploadRule } from "../hosts/rule.ts";

const MiB = 1024 * 1024;
/** Azure takes no request over 20 MB, some proxies none over 16 MiB. */
const SMALLER_CHUNKS = 16 * MiB;
const SMALLEST_CHUNK = MiB;
const LARGEST_CHUNK = 64 * MiB;

/**
 * The way to take when a registry refuses the first request of an upload: 413 asks for smaller pieces; 416 and 405 say
 * that pieces are not taken at all. Undefined where the refusal is about something else.
 */
export function wayAfterRefusal(way: UploadRule, blob: Descriptor, error: SlipwayError): UploadRule | undefined {
  if (way.way === "chunks") return refusesPieces(error) ? { way: "only-whole" } : undefined;
  const isTooLarge = error.facts.status === 413 && blob.size > SMALLER_CHUNKS;
  return isTooLarge && way.way === "whole" ? { way: "chunks", bytes: SMALLER_CHUNKS } : undefined;
}

/** Whether a PATCH is not taken: at all, or at this offset. */
export function refusesPieces({ code, facts }: SlipwayError): boolean {
  return facts.status === 416 || code === "UNSUPPORTED";
}

/**
 * The way to take at a host that forgets an upload when its request is cut (distribution 2.8): pieces that get through
 * before the next cut, each over a connection of its own, so that the distance to it is known.
 * @param distance bytes that got through before the cut, at most
 */
export function wayAfterCut(way: UploadRule, distance: number): UploadRule {
  if (way.way === "only-whole") return way;
  const half = 2 ** Math.floor(Math.log2(distance / 2));
  const bytes = Math.min(Math.max(half, SMALLEST_CHUNK), LARGEST_CHUNK);
  return { way: "chunks", bytes: way.way === "chunks" ? Math.min(way.bytes, bytes) : bytes, alone: true };
}
