import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Descriptor, descriptorOf } from "../oci/descriptor.ts";
import type { Digest } from "../oci/digest.ts";
import { childrenOf, type Manifest, parseManifest } from "../oci/manifest.ts";
import { OCI_INDEX } from "../oci/media-types.ts";
import { writeAtomically } from "./atomic-file.ts";
import { folderFiles, INDEX_FILE, LAYOUT_FILE, LAYOUT_VERSION } from "./layout-files.ts";
import { REF_NAME } from "./layout-names.ts";
import { errnoOf, onStorage } from "./storage-failure.ts";

/** A manifest that is new in a layout. */
export interface Listed {
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  readonly tag?: string;
}

/** Index.json as JSON: what other tools wrote into it stays. */
interface IndexJson {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly manifests: readonly Entry[];
}

type Entry = Pick<Descriptor, "mediaType" | "digest" | "size" | "annotations">;

/**
 * The entries of index.json with one manifest more. A tag names one image, so it leaves the image that it named before;
 * what a listed index holds needs no entry of its own.
 */
export function withManifest(entries: readonly Entry[], { descriptor, manifest, tag }: Listed): readonly Entry[] {
  const { mediaType, digest, size } = descriptor;
  const within = new Set<Digest>(childrenOf(manifest).map((child) => child.digest));
  const isListed = entries.some((entry) => entry.digest === digest);
  const kept = entries.filter((entry) => {
    const name = entry.annotations?.[REF_NAME];
    if (name !== undefined) return name !== tag;
    return !within.has(entry.digest) && (tag === undefined || entry.digest !== digest);
  });
  if (tag === undefined) return isListed ? kept : [...kept, { mediaType, digest, size }];
  return [...kept, { mediaType, digest, size, annotations: { [REF_NAME]: tag } }];
}

interface Batch {
  readonly listed: Listed[];
  readonly written: Promise<void>;
}

/** By folder: the write that has not begun, which more can join, and the last one that has. */
const waiting = new Map<string, Batch>();
const running = new Map<string, Promise<void>>();

/**
 * Adds a manifest to a folder's index.json, and resolves when that is on disk. Writes of one process to one folder
 * follow each other; what comes during a write goes out together in the next.
 * @param folder absolute
 * @param scratch gives new paths on the same disk
 * @throws STORAGE_FULL, STORAGE_FAILED; MANIFEST_INVALID where index.json is not one
 */
export function listInIndex(folder: string, listed: Listed, scratch: () => string): Promise<void> {
  const joined = waiting.get(folder);
  if (joined !== undefined) {
    joined.listed.push(listed);
    return joined.written;
  }
  const batch = [listed];
  const written = (running.get(folder) ?? Promise.resolve())
    .catch(() => {})
    .then(() => {
      waiting.delete(folder);
      return rewrite(folder, batch, scratch);
    });
  waiting.set(folder, { listed: batch, written });
  running.set(folder, written);
  const forget = () => {
    if (running.get(folder) === written) running.delete(folder);
  };
  written.then(forget, forget);
  return written;
}

async function rewrite(folder: string, batch: readonly Listed[], scratch: () => string): Promise<void> {
  const path = join(folder, INDEX_FILE);
  const before = await readIndex(path);
  const after = { ...before, manifests: batch.reduce<readonly Entry[]>(withManifest, before.manifests) };
  await onStorage(folder, () => mkdir(folder, { recursive: true }));
  if ((await folderFiles(folder).size(LAYOUT_FILE)) === undefined) {
    await writeAtomically(join(folder, LAYOUT_FILE), LAYOUT_VERSION, scratch());
  }
  await writeAtomically(path, JSON.stringify(after), scratch());
}

async function readIndex(path: string): Promise<IndexJson> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (thrown) {
    if (errnoOf(thrown) === "ENOENT") return { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] };
    return onStorage(path, () => Promise.reject(thrown));
  }
  parseManifest({ descriptor: descriptorOf(bytes, OCI_INDEX), bytes });
  return JSON.parse(bytes.toString("utf8"));
}
