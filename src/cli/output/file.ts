import { writeFile } from "node:fs/promises";
import { failure } from "../../words/error.ts";

/** Writes a text file that the user asked for. @throws FILE_UNWRITABLE */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

export function unwritable(file: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return failure("FILE_UNWRITABLE", { file, reason }, { cause });
}
