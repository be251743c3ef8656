import { failure, SlipwayError } from "../words/error.ts";

/** The system's name for what went wrong with a file, such as `ENOENT`; undefined for all other errors. */
export function errnoOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}

/** What a file operation threw, as STORAGE_FULL or STORAGE_FAILED; anything that has a name already stays as it is. */
export function storageFailure(path: string, thrown: unknown): unknown {
  const errno = errnoOf(thrown);
  if (errno === undefined || thrown instanceof SlipwayError) return thrown;
  if (errno === "ENOSPC" || errno === "EDQUOT") return failure("STORAGE_FULL", { path }, { cause: thrown });
  return failure("STORAGE_FAILED", { path, reason: errno }, { cause: thrown });
}

/** Runs file operations on `path` and gives their errors its name. @throws STORAGE_FULL, STORAGE_FAILED */
export async function onStorage<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw storageFailure(path, thrown);
  }
}

/** For files that another process may take at any moment: that one is not there is no failure. */
export function unlessAbsent(thrown: unknown): undefined {
  if (errnoOf(thrown) !== "ENOENT") throw thrown;
}
