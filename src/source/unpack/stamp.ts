import { lstat, mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { isDigest } from "../../oci/digest.ts";
import { writeAtomically } from "../../target/atomic-file.ts";
import { errnoOf, onStorage } from "../../target/storage-failure.ts";

const stampSchema = z.object({
  /** Relative to the project's folder, which may be moved. */
  folder: z.string(),
  /** Of the package that was unpacked there. */
  digest: z.string().refine(isDigest),
  /** Files, folders and links. */
  count: z.int().nonnegative(),
  /** Of all files. */
  bytes: z.int().nonnegative(),
  /** Which folder it is, whatever its name: {@link identityOf}. */
  identity: z.string(),
});

/** What Slipway has unpacked, kept outside of the folder: only that may it ever delete. */
export type Stamp = z.infer<typeof stampSchema>;

/** What the stamp says; undefined where there is none that can be read: then nothing there is ours. */
export async function readStamp(path: string): Promise<Stamp | undefined> {
  try {
    return stampSchema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || errnoOf(thrown) === "ENOENT") return undefined;
    return onStorage(path, () => Promise.reject(thrown));
  }
}

export async function writeStamp(path: string, stamp: Stamp): Promise<void> {
  const temporary = `${path}.new`;
  await onStorage(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    await rm(temporary, { force: true });
  });
  await writeAtomically(path, `${JSON.stringify(stamp, undefined, 2)}\n`, temporary);
}

/** Stays the same when a folder is renamed, and is another one for a folder that was made later at the same place. */
export async function identityOf(folder: string): Promise<string> {
  const { ino, birthtimeNs } = await onStorage(folder, () => lstat(folder, { bigint: true }));
  return `${ino}-${birthtimeNs}`;
}
