import { createHash } from "node:crypto";
import { algorithmOf, type Digest, hasherFor, hexOf } from "../../oci/digest.ts";
import { failure } from "../../words/error.ts";
import { hashFile } from "../hash-file.ts";
import type { Version } from "./remote.ts";

export interface Wanted {
  /** From the configuration. */
  readonly checksum?: Digest;
  /** From the service. */
  readonly version?: Version;
}

/**
 * Reads a file from the disk and compares it with all that is known of what it should be.
 * @param name what people call it, for errors
 * @throws STORAGE_FAILED; PACKAGE_MISMATCH, retryable unless the service itself vouches for the bytes
 */
export async function checkFile(
  name: string,
  path: string,
  { checksum, version }: Wanted,
  signal?: AbortSignal,
): Promise<{ readonly digest: Digest; readonly size: number }> {
  const mismatch = (reason: string, retryable: boolean) =>
    failure("PACKAGE_MISMATCH", { package: name, reason }, { retryable });
  const [own, md5] = [createHash("sha256"), createHash("md5")];
  const other = checksum !== undefined && algorithmOf(checksum) !== "sha256" ? hasherFor(checksum) : undefined;
  const hashes = [own, ...(version?.md5 === undefined ? [] : [md5]), ...(other === undefined ? [] : [other])];
  const size = await hashFile(path, hashes, signal);
  if (version?.size !== undefined && size !== version.size) {
    throw mismatch(`it has ${size} bytes, and the service says ${version.size}`, true);
  }
  if (version?.md5 !== undefined && md5.digest("base64") !== version.md5) {
    throw mismatch("its MD5 is not the Content-MD5 that the service has for it", true);
  }
  const sha256 = own.digest("hex");
  const actual = other === undefined ? sha256 : other.digest("hex");
  if (checksum !== undefined && actual !== hexOf(checksum)) {
    const reason = `its checksum is ${algorithmOf(checksum)}:${actual}, and ${checksum} is configured`;
    throw mismatch(reason, version?.md5 === undefined);
  }
  return { digest: `sha256:${sha256}`, size };
}
