import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatOwner, isAlive, parseOwner, thisProcess } from "../target/cache/owner.ts";
import { onStorage } from "../target/storage-failure.ts";
import { failure } from "../words/error.ts";

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
  const mine = join(temporary, `lock-${randomUUID()}`);
  await onStorage(mine, async () => writeFile(mine, formatOwner(await thisProcess())));
  try {
    while (!(await isTaken(mine, lock))) await removeIfDead(lock, path);
  } finally {
    await rm(mine, { force: true });
  }
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(lock, { force: true });
    },
  };
}

/** A link is there with its content or not at all. */
async function isTaken(mine: string, lock: string): Promise<boolean> {
  try {
    await link(mine, lock);
    return true;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return false;
    throw failure("STORAGE_FAILED", { path: lock, reason: String(cause) }, { cause });
  }
}

/** @throws PROJECT_BUSY */
async function removeIfDead(lock: string, folder: string): Promise<void> {
  const text = await readFile(lock, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const owner = parseOwner(text);
  // A lock of another machine, on a shared disk, gives no sign: it is believed.
  if (owner !== undefined && (await isAlive(owner, Date.now()))) {
    throw failure("PROJECT_BUSY", { folder, pid: owner.pid, lock });
  }
  await rm(lock, { force: true });
}
