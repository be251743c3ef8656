import { hash, randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { formatOwner, isAlive, type Owner, parseOwner, thisProcess } from "../target/cache/owner.ts";
import { errnoOf, onStorage, unlessAbsent } from "../target/storage-failure.ts";

/** Whether a lock is this caller's now, or whose it is. */
export type LockState = { readonly state: "taken" } | { readonly state: "held"; readonly by: Owner };

/**
 * Takes a lock, a file that names its owner, unless a living process has it. What a killed one has left is replaced.
 * Whoever has it gives it back by deleting the file.
 * @param temporary a path that is nobody else's, on the same disk
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function takeLock(lock: string, temporary: string): Promise<LockState> {
  return onStorage(lock, async () => {
    // No two locks are the same, so that a dead one is not taken for the one that came after it.
    await writeFile(temporary, `${formatOwner(await thisProcess())}\n${randomUUID()}`);
    try {
      return await take(lock, temporary);
    } finally {
      await rm(temporary, { force: true });
    }
  });
}

/**
 * A dead lock is replaced only by who holds another lock, of this very one: deleting it instead could delete that of a
 * quicker process. That second lock, left by a process that was killed right then, is taken in the same way.
 */
async function take(lock: string, mine: string): Promise<LockState> {
  for (;;) {
    if (await isLinked(mine, lock)) return { state: "taken" };
    const text = await readFile(lock, "utf8").catch(unlessAbsent);
    if (text === undefined) continue;
    const owner = parseOwner(text);
    // A lock of another machine, on a shared disk, gives no sign: it is believed.
    if (owner !== undefined && (await isAlive(owner, Date.now()))) return { state: "held", by: owner };
    const claim = `${lock}-${hash("sha256", text).slice(0, 16)}`;
    const claimed = await take(claim, mine);
    if (claimed.state === "held") return claimed;
    try {
      if ((await readFile(lock, "utf8").catch(unlessAbsent)) === text) {
        await rename(await anotherLink(mine), lock);
        return { state: "taken" };
      }
    } finally {
      await rm(claim, { force: true });
    }
  }
}

/** A link is there with its content or not at all. */
async function isLinked(mine: string, lock: string): Promise<boolean> {
  try {
    await link(mine, lock);
    return true;
  } catch (thrown) {
    if (errnoOf(thrown) === "EEXIST") return false;
    throw thrown;
  }
}

async function anotherLink(mine: string): Promise<string> {
  const other = `${mine}-${randomUUID()}`;
  await link(mine, other);
  return other;
}
