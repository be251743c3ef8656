import { lstat, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Digest } from "../../oci/digest.ts";
import { errnoOf, onStorage, unlessAbsent } from "../../target/storage-failure.ts";
import { failure } from "../../words/error.ts";
import { contentOf } from "./content.ts";
import { identityOf, type Stamp } from "./stamp.ts";

/** What is at the place where a package is to be unpacked. */
export type Place =
  | { readonly kind: "free" }
  /** An empty folder. */
  | { readonly kind: "empty" }
  /** What Slipway has unpacked, and may replace. */
  | { readonly kind: "ours" }
  /** What this very package was unpacked to, as it was then. */
  | { readonly kind: "present"; readonly stamp: Stamp };

/**
 * Refuses a folder that must never be replaced, whatever a stamp says: the root of the file system, the project's
 * folder and those above it, and what holds the package or the stamp. Links on the way are followed.
 * @throws UNPACK_FOLDER_FORBIDDEN
 */
export async function refuseForbidden(folder: string, root: string, others: readonly string[]): Promise<void> {
  const forbid = (reason: string) => failure("UNPACK_FOLDER_FORBIDDEN", { folder, reason });
  const real = await realPlace(folder);
  if (dirname(real) === real) throw forbid("it is the root of the file system");
  const project = await realFolder(resolve(root));
  if (project === real) throw forbid("it is the project's own folder");
  if (isBelow(project, real)) throw forbid("the project is in it");
  for (const other of others) {
    if (isBelow(await realPlace(other), real)) throw forbid(`${basename(other)} is in it`);
  }
}

/** A path without links, whether or not there is something. The last name is kept: a link there is replaced itself. */
async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  const parent = dirname(whole);
  if (parent === whole) return whole;
  return join(await realFolder(parent), basename(whole));
}

async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (thrown) {
    if (errnoOf(thrown) !== "ENOENT") return onStorage(path, () => Promise.reject(thrown));
    return realPlace(path);
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** A folder as its stamp names it. */
export function stampName(folder: string, root: string): string {
  return relative(resolve(root), resolve(folder));
}

/**
 * Finds out what is at a place. It is ours only where the stamp names it and it is still the folder that was made then;
 * one that was put there by others, a restored cache for example, does where it holds what the package had.
 * @param name as the stamp would name the folder
 * @param digest of the package
 * @throws UNPACK_FOLDER_NOT_OURS, STORAGE_FAILED
 */
export async function placeOf(folder: string, name: string, stamp: Stamp | undefined, digest: Digest): Promise<Place> {
  const refuse = (reason: string) => failure("UNPACK_FOLDER_NOT_OURS", { folder, reason });
  const status = await onStorage(folder, () => lstat(folder).catch(unlessAbsent));
  if (status === undefined) return { kind: "free" };
  if (!status.isDirectory()) throw refuse("it is no folder");
  if (stamp?.folder === name) {
    const { count, bytes } = await contentOf(folder);
    if (stamp.digest === digest && stamp.count === count && stamp.bytes === bytes) return { kind: "present", stamp };
    if ((await identityOf(folder)) === stamp.identity) return { kind: "ours" };
  }
  if ((await onStorage(folder, () => readdir(folder))).length === 0) return { kind: "empty" };
  throw refuse(stamp?.folder === name ? "it was made anew by something else since" : "there is no note of it");
}
