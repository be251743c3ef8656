import { dirname, resolve } from "node:path";
import { convertSaved } from "./docker-convert.ts";
import { type SaveOptions, savedBody } from "./docker-save.ts";
import { LayoutTarget } from "./layout.ts";
import { folderFiles, INDEX_FILE, LAYOUT_FILE } from "./layout-files.ts";
import { LayoutReader } from "./layout-reader.ts";
import { checked, replaceFile } from "./oci-archive.ts";
import { openScratch } from "./scratch.ts";
import { StagedTarget } from "./staged.ts";
import { openTar, type TarFile } from "./tar-file.ts";

/**
 * Reads what `docker save` writes. Since Docker 25 that is an OCI layout as well, and read as one: its bytes are the
 * image's own. The older form becomes an image in a temporary folder, which goes away on close.
 * @throws TARGET_UNREADABLE, ARCHIVE_INVALID, CONTENT_MISMATCH
 */
export async function openDockerArchive(name: string, path: string, temporaryFolder: string): Promise<LayoutReader> {
  return readSaved(name, await openTar(name, path, temporaryFolder), temporaryFolder);
}

/** The same of an archive that is open; it is closed with the result, or as soon as it is not needed. */
export async function readSaved(name: string, tar: TarFile, temporaryFolder: string): Promise<LayoutReader> {
  if (tar.index.has(LAYOUT_FILE) && tar.index.has(INDEX_FILE)) return checked(name, tar);
  try {
    const scratch = await openScratch(temporaryFolder);
    try {
      const images = new LayoutTarget(name, scratch.folder);
      await convertSaved(tar, images, scratch);
      await images.close();
    } catch (thrown) {
      await scratch.remove();
      throw thrown;
    }
    return new LayoutReader(name, { ...folderFiles(scratch.folder), close: scratch.remove });
  } finally {
    await tar.close();
  }
}

/**
 * Writes what `docker load` reads: the image of one platform, its layers uncompressed. The file is replaced when the
 * target is closed, in one step.
 */
export async function createDockerArchive(name: string, path: string, options: SaveOptions): Promise<StagedTarget> {
  const scratch = await openScratch(dirname(resolve(path)));
  return new StagedTarget(name, scratch, async (staged) => {
    await replaceFile(path, scratch.fresh(), await savedBody(staged, scratch, options));
  });
}
