import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { isDigest } from "../../oci/digest.ts";
import { syncFolder, writeAtomically } from "../../target/atomic-file.ts";
import { errnoOf, onStorage, unlessAbsent } from "../../target/storage-failure.ts";

/**
 * The place of a file that comes from elsewhere: `NAME`, which is there only when all of it is there and checked,
 * `NAME.part` with the bytes so far, and `NAME.origin.json` with what the bytes of either are of.
 */
export interface Slot {
  readonly folder: string;
  readonly file: string;
  readonly part: string;
  readonly note: string;
}

const noteSchema = z.object({
  /** The remote's. */
  identity: z.string(),
  version: z.object({
    etag: z.string().optional(),
    lastModified: z.string().optional(),
    size: z.int().nonnegative().optional(),
    md5: z.string().optional(),
  }),
  /** There once all bytes are there and checked: of the file, or of the part that is about to become it. */
  digest: z.string().refine(isDigest).optional(),
});

export type Note = z.infer<typeof noteSchema>;

export async function openSlot(folder: string, name: string): Promise<Slot> {
  await onStorage(folder, () => mkdir(folder, { recursive: true }));
  const file = resolve(folder, name);
  return { folder, file, part: `${file}.part`, note: `${file}.origin.json` };
}

/** What the note says; undefined where there is none that can be read: then what is there counts for nothing. */
export async function readNote({ note }: Slot): Promise<Note | undefined> {
  try {
    return noteSchema.safeParse(JSON.parse(await readFile(note, "utf8"))).data;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || errnoOf(thrown) === "ENOENT") return undefined;
    return onStorage(note, () => Promise.reject(thrown));
  }
}

export async function writeNote({ note }: Slot, content: Note): Promise<void> {
  const temporary = `${note}.new`;
  await onStorage(temporary, () => rm(temporary, { force: true }));
  await writeAtomically(note, `${JSON.stringify(content, undefined, 2)}\n`, temporary);
}

/** The bytes of a file; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return onStorage(path, async () => (await stat(path).catch(unlessAbsent))?.size);
}

/**
 * An empty part of what the note says. It is a new file each time, so that one who still writes to the one before does
 * no harm.
 */
export async function beginPart(slot: Slot, note: Note): Promise<FileHandle> {
  await dropPart(slot);
  await writeNote(slot, note);
  return onStorage(slot.part, () => open(slot.part, "wx"));
}

/** The part as it is, to be written to behind its end. */
export async function reopenPart({ part }: Slot): Promise<FileHandle> {
  return onStorage(part, () => open(part, "r+"));
}

export async function dropPart({ part }: Slot): Promise<void> {
  await onStorage(part, () => rm(part, { force: true }));
}

/**
 * Makes the file of the part, which has been checked. Whoever is killed in between finds a whole part and its digest.
 * @param note with the digest
 */
export async function finishPart(slot: Slot, note: Note): Promise<void> {
  await writeNote(slot, note);
  await onStorage(slot.file, () => rename(slot.part, slot.file));
  await syncFolder(slot.folder);
}
