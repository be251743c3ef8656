import { chmod, mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Digest } from "../../oci/digest.ts";
import { openScratch } from "../../target/scratch.ts";
import { onStorage } from "../../target/storage-failure.ts";
import { failure } from "../../words/error.ts";
import { digestOfFile } from "../hash-file.ts";
import { packageStatus, unreadable } from "../package-status.ts";
import { KIND_BYTES, kindOf } from "./archive-kind.ts";
import { type Content, contentOf } from "./content.ts";
import { refusalsOf } from "./entry.ts";
import { startMeter, type UnpackLimits } from "./limits.ts";
import { placeOf, refuseForbidden, stampName } from "./place.ts";
import { readingOf } from "./reading.ts";
import { replaceFolder } from "./replace.ts";
import { identityOf, readStamp } from "./stamp.ts";
import { tarEntries } from "./tar-entries.ts";
import { openTree } from "./tree.ts";
import { zipEntries } from "./zip-entries.ts";

export interface UnpackOptions {
  /** The project's folder, which is never replaced, nor those above it. */
  readonly root: string;
  /** The file that remembers what was unpacked where. It must be outside of the folder. */
  readonly stamp: string;
  /** Of the package, where it is known. Default: it is read for it. */
  readonly digest?: Digest;
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal;
}

export interface Unpacked extends Content {
  readonly folder: string;
  /** `present`: it had been unpacked there before, and nothing was done. */
  readonly how: "unpacked" | "present";
}

/**
 * Unpacks a package: zip, tar, tar.gz or tar.zst, whatever its name says. All of it goes into a new folder beside
 * `folder`, which then takes its place; a package that is damaged or not safe changes nothing. An archive with a single
 * folder at the top keeps that folder: its files are at `folder/TOP/…`.
 *
 * Kept are names, contents, symbolic and hard links that stay in the folder, and the right to execute (0755 or 0644;
 * folders 0755); not times, owners and other rights. An archive with any entry that leads out of the folder, a device or
 * the like is refused as a whole.
 *
 * @param folder replaced as a whole, where Slipway itself unpacked what is there
 * @returns how many files, folders and links there are, and the bytes of the files
 * @throws PACKAGE_UNREADABLE, PACKAGE_KIND_UNKNOWN, PACKAGE_DAMAGED, PACKAGE_UNSAFE, PACKAGE_TOO_LARGE,
 * UNPACK_FOLDER_FORBIDDEN, UNPACK_FOLDER_NOT_OURS, STORAGE_FULL, STORAGE_FAILED; the signal's reason
 */
export async function unpack(file: string, folder: string, options: UnpackOptions): Promise<Unpacked> {
  const { root, stamp: stampPath, signal } = options;
  const [target, name] = [resolve(folder), stampName(folder, root)];
  signal?.throwIfAborted();
  await refuseForbidden(target, root, [file, stampPath]);
  if (!(await packageStatus(file)).isFile()) throw unreadable(file, "it is no file");
  const digest = options.digest ?? (await digestOfFile(file, signal));
  const before = await readStamp(stampPath);
  const place = await placeOf(target, name, before, digest);
  if (place.kind === "present") {
    const { count, bytes } = place.stamp;
    return { folder: target, how: "present", count, bytes };
  }
  const scratch = await openScratch(dirname(target));
  try {
    const fresh = scratch.fresh();
    await unpackInto(file, fresh, options);
    const content = await contentOf(fresh);
    const after = { folder: name, digest, ...content, identity: await identityOf(fresh) };
    await replaceFolder({ fresh, folder: target, place, scratch, stampPath, before, after });
    return { folder: target, how: "unpacked", ...content };
  } finally {
    await scratch.remove();
  }
}

async function unpackInto(file: string, folder: string, { limits = {}, signal }: UnpackOptions): Promise<void> {
  const { start, size } = await beginningOf(file);
  const kind = kindOf(start);
  if (kind.kind === "refused") throw failure("PACKAGE_KIND_UNKNOWN", { file, kind: kind.name });
  await onStorage(folder, async () => {
    await mkdir(folder);
    await chmod(folder, 0o755);
  });
  const refuse = refusalsOf(file);
  const meter = startMeter(size, limits, refuse);
  const reading = readingOf(file, meter, refuse, signal);
  const tree = openTree(folder, refuse);
  for await (const entry of kind.packing === "zip" ? zipEntries(reading) : tarEntries(reading, kind.packing)) {
    signal?.throwIfAborted();
    meter.entry();
    await tree.put(entry);
  }
  await tree.finish();
}

async function beginningOf(path: string): Promise<{ readonly start: Uint8Array; readonly size: number }> {
  return onStorage(path, async () => {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      const { bytesRead, buffer } = await file.read(Buffer.alloc(KIND_BYTES), 0, KIND_BYTES, 0);
      return { start: buffer.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  });
}
