import { resolve } from "node:path";
import { failure } from "../../words/error.ts";
import type { Downloaded, LocalOrigin } from "../origin.ts";
import { packageStatus, unreadable } from "../package-status.ts";
import { checkFile } from "./check.ts";

/**
 * What is on this machine already: hashed and left where it is.
 * @throws PACKAGE_UNREADABLE, PACKAGE_MISMATCH, STORAGE_FAILED
 */
export async function takeLocal({ path, checksum }: LocalOrigin, signal?: AbortSignal): Promise<Downloaded> {
  const place = resolve(path);
  const before = await packageStatus(place);
  if (before.isDirectory()) {
    if (checksum === undefined) return { kind: "folder", folder: place, how: "present" };
    throw failure("PACKAGE_MISMATCH", { package: place, reason: `it is a folder, and ${checksum} is of a file` });
  }
  if (!before.isFile()) throw unreadable(place, "it is neither a file nor a folder");
  const { digest, size } = await checkFile(place, place, { ...(checksum !== undefined && { checksum }) }, signal);
  const after = await packageStatus(place);
  if (after.mtimeMs !== before.mtimeMs || after.size !== size) throw unreadable(place, "it changed while it was read");
  return { kind: "file", file: place, digest, size, how: "present" };
}
