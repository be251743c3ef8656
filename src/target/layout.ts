import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Descriptor } from "../oci/descriptor.ts";
import { parseManifest, type RawManifest } from "../oci/manifest.ts";
import { syncFolder } from "./atomic-file.ts";
import { bodyOf } from "./bytes.ts";
import { writeNewFile } from "./file-writer.ts";
import { blobPath, folderFiles, type LayoutFiles } from "./layout-files.ts";
import { listInIndex } from "./layout-index.ts";
import { LayoutReader } from "./layout-reader.ts";
import { checkManifest } from "./manifest-bytes.ts";
import { openScratch, type Scratch } from "./scratch.ts";
import { onStorage } from "./storage-failure.ts";
import type { Body, PushBlobOptions, Pushed, WriteTarget } from "./target.ts";
import { verified } from "./verified.ts";

/**
 * An OCI image layout in a folder, which is made with the first thing written. It holds any number of images, each file
 * is there whole or not at all, and writers of one process may share a folder.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md
 */
export class LayoutTarget extends LayoutReader implements WriteTarget {
  readonly #folder: string;
  readonly #changedFolders = new Set<string>();
  #scratch: Promise<Scratch> | undefined;

  /** @param files what is read; default: the folder itself */
  constructor(name: string, folder: string, files: LayoutFiles = folderFiles(folder)) {
    super(name, files);
    this.#folder = resolve(folder);
  }

  async pushBlob(blob: Descriptor, body: Body, options: PushBlobOptions = {}): Promise<Pushed> {
    if (await this.exists(blob)) return "written";
    const path = join(this.#folder, blobPath(blob.digest));
    const temporary = (await this.#scratched()).fresh();
    try {
      await writeNewFile(temporary, verified(this.name, blob, body), options);
      await onStorage(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
      });
    } catch (thrown) {
      await rm(temporary, { force: true });
      throw thrown;
    }
    this.#changedFolders.add(dirname(path)).add(this.#folder);
    return "written";
  }

  async pushManifest(raw: RawManifest, tag?: string): Promise<void> {
    const { mediaType, digest } = checkManifest(this.name, raw).descriptor;
    const descriptor = { mediaType, digest, size: raw.bytes.byteLength };
    await this.pushBlob(descriptor, bodyOf(raw.bytes));
    const scratch = await this.#scratched();
    const listed = { descriptor, manifest: parseManifest(raw), ...(tag !== undefined && { tag }) };
    await listInIndex(this.#folder, listed, scratch.fresh);
  }

  #scratched(): Promise<Scratch> {
    this.#scratch ??= openScratch(this.#folder).catch((thrown) => {
      this.#scratch = undefined;
      throw thrown;
    });
    return this.#scratch;
  }

  override async close(): Promise<void> {
    await (await this.#scratch)?.remove();
    this.#scratch = undefined;
    for (const folder of this.#changedFolders) await syncFolder(folder);
    this.#changedFolders.clear();
    await super.close();
  }
}
