import { createHash, type Hash } from "node:crypto";
import type { Digest } from "../oci/digest.ts";
import { fileBody } from "../target/file-body.ts";

/**
 * Reads a file once, through all of the given hashes.
 * @returns the file's size in bytes
 * @throws STORAGE_FAILED
 */
export async function hashFile(path: string, hashes: readonly Hash[], signal?: AbortSignal): Promise<number> {
  let size = 0;
  await fileBody(path)(
    (chunk) => {
      size += chunk.byteLength;
      for (const hash of hashes) hash.update(chunk);
      return undefined;
    },
    { ...(signal !== undefined && { signal }) },
  );
  return size;
}

/** The SHA-256 of a file. @throws STORAGE_FAILED */
export async function digestOfFile(path: string, signal?: AbortSignal): Promise<Digest> {
  const hash = createHash("sha256");
  await hashFile(path, [hash], signal);
  return `sha256:${hash.digest("hex")}`;
}
