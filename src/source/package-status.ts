import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { errnoOf } from "../target/storage-failure.ts";
import { failure, type SlipwayError } from "../words/error.ts";

/** What a package's path leads to, over links. @throws PACKAGE_UNREADABLE */
export async function packageStatus(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (thrown) {
    const reason = errnoOf(thrown) === "ENOENT" ? "there is no such file or folder" : String(errnoOf(thrown) ?? thrown);
    throw unreadable(path, reason, thrown);
  }
}

export function unreadable(path: string, reason: string, cause?: unknown): SlipwayError {
  return failure("PACKAGE_UNREADABLE", { path, reason }, { cause });
}
