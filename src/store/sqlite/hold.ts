import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { failure } from "../../words/error.ts";

/** A data folder in this process's hands. */
export interface Hold {
  release(): void;
}

/**
 * Takes a data folder for this process alone. What holds it is a lock of the system on `lock.db` (an exclusive
 * transaction of SQLite's, https://www.sqlite.org/lockingv3.html): it goes with the process, however that ends.
 * `holder.json` beside it only says who.
 * @throws STORE_IN_USE
 */
export async function holdFolder(dataDir: string): Promise<Hold> {
  const file = join(dataDir, "lock.db");
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec("pragma journal_mode = delete; pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const holder = await readHolder(dataDir);
    throw failure("STORE_IN_USE", { folder: dataDir, holder }, { cause: error });
  }
  // Not opened for this: closing a file gives up its locks, whoever in the process took them.
  await chmod(file, 0o600);
  await writeHolder(dataDir);
  return { release: () => lock.close() };
}

/** https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}

async function writeHolder(dataDir: string): Promise<void> {
  const file = join(dataDir, "holder.json");
  const holder = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
  await writeFile(`${file}.new`, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function readHolder(dataDir: string): Promise<string> {
  try {
    const { host, pid, since } = JSON.parse(await readFile(join(dataDir, "holder.json"), "utf8"));
    return `process ${pid} on ${host}, since ${since}`;
  } catch {
    return "a process that has only just begun"; // it has the lock, and has not written who it is
  }
}
