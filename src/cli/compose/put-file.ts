import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { failure, SlipwayError } from "../../words/error.ts";
import { unwritable } from "../output/file.ts";

/** A file that a person wants. */
export interface WantedFile {
  readonly file: string;
  readonly text: string;
  /** Of a new file: secrets are for their owner alone. */
  readonly mode?: number;
}

/** Whether a file says what it should. @throws FILE_EXISTS where it says something else and may not be replaced; FILE_UNWRITABLE */
export function isInPlace({ file, text }: WantedFile, mayReplace: boolean): boolean {
  try {
    if (!existsSync(file)) return false;
    if (readFileSync(file, "utf8") === text) return true;
    if (!mayReplace) throw failure("FILE_EXISTS", { file });
    return false;
  } catch (cause) {
    throw cause instanceof SlipwayError ? cause : unwritable(file, cause);
  }
}

/** @throws FILE_UNWRITABLE */
export async function putFile({ file, text, mode = 0o666 }: WantedFile): Promise<void> {
  try {
    await writeFile(file, text, { mode });
  } catch (cause) {
    throw unwritable(file, cause);
  }
}
