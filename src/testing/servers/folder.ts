import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary folder that goes when it is disposed of. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(purpose: string): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), `slipway-${purpose}-`));
  const remove = () => rm(path, { recursive: true, force: true });
  return { path, remove, [Symbol.asyncDispose]: remove };
}

/** Makes what needs a folder; the folder goes where that fails. */
export async function inFolder<T>(purpose: string, make: (folder: Folder) => Promise<T>): Promise<T> {
  const folder = await temporaryFolder(purpose);
  try {
    return await make(folder);
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
