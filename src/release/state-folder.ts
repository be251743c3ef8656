import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onStorage } from "../target/storage-failure.ts";
import { failure } from "../words/error.ts";
import { takeLock } from "./take-lock.ts";

/** Where a project's own runs keep what they need: `.slipway` beside its configuration, which git does not see. */
export interface StateFolder {
  readonly path: string;
  readonly downloads: string;
  /** An OCI layout with everything that was built. */
  readonly layout: string;
  readonly temporary: string;
  readonly journals: string;
  /** Where it is noted what was unpacked. */
  readonly unpacked: string;
}

export function stateFolder(project: string): StateFolder {
  const path = join(project, ".slipway");
  return {
    path,
    downloads: join(path, "downloads"),
    layout: join(path, "layout"),
    temporary: join(path, "temporary"),
    journals: join(path, "runs"),
    unpacked: join(path, "unpacked.json"),
  };
}

/**
 * Makes the folder, and keeps other runs out of it until the result is disposed of. What a killed run has left does
 * not keep anyone out.
 * @throws PROJECT_BUSY, STORAGE_FULL, STORAGE_FAILED
 */
export async function holdStateFolder({ path, temporary }: StateFolder): Promise<AsyncDisposable> {
  await onStorage(path, async () => {
    await mkdir(temporary, { recursive: true });
    await writeFile(join(path, ".gitignore"), "*\n");
  });
  const lock = join(path, "lock");
  const taken = await takeLock(lock, join(temporary, `lock-${randomUUID()}`));
  if (taken.state === "held") throw failure("PROJECT_BUSY", { folder: path, pid: taken.by.pid, lock });
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(lock, { force: true });
    },
  };
}
