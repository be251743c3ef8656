import { createHash, type Hash } from "node:crypto";
import { failure } from "../words/error.ts";

/** `sha256:` and 64, or `sha512:` and 128 lowercase hex digits. Only {@link parseDigest} makes one from text. */
export type Digest = `${Algorithm}:${string}`;
export type Algorithm = "sha256" | "sha512";

const SHAPE = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Whether text is a digest that is safe in a URL and in a path. */
export function isDigest(text: string): text is Digest {
  return SHAPE.test(text);
}

/**
 * Checks a digest before it can reach a URL or a path.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#digests
 * @throws DIGEST_INVALID
 */
export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw failure("DIGEST_INVALID", { text: text.slice(0, 200) });
}

/** The digest of bytes in memory: manifests and configurations. */
export function digestOf(bytes: Uint8Array | string, algorithm: Algorithm = "sha256"): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

/** A running hash of the digest's own algorithm, for what does not fit in memory. */
export function hasherFor(digest: Digest): Hash {
  return createHash(algorithmOf(digest));
}

export function algorithmOf(digest: Digest): Algorithm {
  return digest.startsWith("sha512:") ? "sha512" : "sha256";
}

export function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(":") + 1);
}

/** For people: `sha256:0123456789ab`. */
export function shortDigest(digest: Digest): string {
  return digest.slice(0, digest.indexOf(":") + 13);
}
