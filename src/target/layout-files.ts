import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { algorithmOf, type Digest, hexOf } from "../oci/digest.ts";
import { fileBody } from "./file-body.ts";
import { errnoOf, storageFailure } from "./storage-failure.ts";
import type { Body } from "./target.ts";

/** The files of an OCI layout, wherever they are: in a folder, inside an archive. Paths are relative, with `/`. */
export interface LayoutFiles {
  /** Bytes; undefined where there is no such file. */
  size(path: string): Promise<number | undefined>;
  /** A small file whole. */
  read(path: string): Promise<Uint8Array>;
  body(path: string): Body;
  close?(): Promise<void>;
}

export const LAYOUT_FILE = "oci-layout";
export const INDEX_FILE = "index.json";
/** https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md#oci-layout-file */
export const LAYOUT_VERSION = `{"imageLayoutVersion":"1.0.0"}`;

/** Where a layout keeps a blob. https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md#blobs */
export function blobPath(digest: Digest): string {
  return `blobs/${algorithmOf(digest)}/${hexOf(digest)}`;
}

/** The files below a folder. It need not exist: then there are none. */
export function folderFiles(folder: string): LayoutFiles {
  return {
    size: async (path) => {
      try {
        const status = await stat(join(folder, path));
        return status.isFile() ? status.size : undefined;
      } catch (thrown) {
        if (errnoOf(thrown) === "ENOENT" || errnoOf(thrown) === "ENOTDIR") return undefined;
        throw storageFailure(join(folder, path), thrown);
      }
    },
    read: async (path) => {
      try {
        return await readFile(join(folder, path));
      } catch (thrown) {
        throw storageFailure(join(folder, path), thrown);
      }
    },
    body: (path) => fileBody(join(folder, path)),
  };
}

/** The files of `upper`, and those of `lower` that `upper` has not. */
export function overlayFiles(upper: LayoutFiles, lower: LayoutFiles): LayoutFiles {
  const holding = async (path: string) => ((await upper.size(path)) === undefined ? lower : upper);
  return {
    size: async (path) => (await upper.size(path)) ?? (await lower.size(path)),
    read: async (path) => (await holding(path)).read(path),
    body: (path) => async (sink, options) => (await holding(path)).body(path)(sink, options),
    close: async () => {
      await Promise.all([upper.close?.(), lower.close?.()]);
    },
  };
}
