import type { Digest } from "../../oci/digest.ts";
import { SlipwayError } from "../../words/error.ts";
import { digestOfFile } from "../hash-file.ts";
import type { DownloadedFile } from "../origin.ts";
import { checkFile } from "./check.ts";
import { type Held, isRecognisable } from "./remote.ts";
import { readNote, type Slot, sizeOf } from "./slot.ts";

/** What earlier runs have left in a slot. */
export type Holding =
  /** The file with the checksum that is wanted: nobody needs to be asked. */
  | { readonly kind: "right"; readonly file: DownloadedFile }
  /** The whole file, as it was when it was fetched; the service may have another one by now. */
  | { readonly kind: "file"; readonly file: DownloadedFile; readonly held: Held }
  /** Bytes on the way, or none. */
  | { readonly kind: "part"; readonly held: Held | undefined };

/**
 * Looks at the disk. Nothing is believed because of its name: a file counts when its bytes hash to what they should, a
 * part when the note beside it is of the same remote and of a version that the service can recognise.
 * @throws STORAGE_FAILED
 */
export async function holdingOf(
  slot: Slot,
  identity: string,
  checksum: Digest | undefined,
  signal?: AbortSignal,
): Promise<Holding> {
  const size = await sizeOf(slot.file);
  if (size !== undefined && checksum !== undefined) {
    const file = await fileWith(checksum, slot, signal);
    if (file !== undefined) return { kind: "right", file };
  }
  const note = await readNote(slot);
  if (note === undefined || note.identity !== identity || !isRecognisable(note.version)) return NOTHING;
  const { version, digest } = note;
  // With a checksum, a file that is there has been found to be another one.
  if (size !== undefined && checksum === undefined && digest !== undefined) {
    if ((await digestOfFile(slot.file, signal)) === digest) {
      const file = { kind: "file", file: slot.file, digest, size, how: "present" } as const;
      return { kind: "file", file, held: { kind: "whole", version, bytes: size } };
    }
  }
  const bytes = (await sizeOf(slot.part)) ?? 0;
  if (bytes === 0 || bytes > (version.size ?? bytes)) return NOTHING;
  const isWhole = digest !== undefined || bytes === version.size;
  return { kind: "part", held: { kind: isWhole ? "whole" : "part", version, bytes } };
}

const NOTHING: Holding = { kind: "part", held: undefined };

async function fileWith(checksum: Digest, { file }: Slot, signal?: AbortSignal): Promise<DownloadedFile | undefined> {
  try {
    return { kind: "file", file, ...(await checkFile(file, file, { checksum }, signal)), how: "present" };
  } catch (thrown) {
    if (thrown instanceof SlipwayError && thrown.code === "PACKAGE_MISMATCH") return undefined;
    throw thrown;
  }
}
