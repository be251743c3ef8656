import type { FileHandle } from "node:fs/promises";
import { posix } from "node:path";
import { extract, type Header } from "tar-stream";
import { SlipwayError } from "../words/error.ts";
import { readChunk } from "./file-body.ts";

/** Where a file's bytes are in the archive. */
export interface TarEntry {
  readonly start: number;
  readonly size: number;
}

/** By name: `a/b`, without `./`. Links are followed already. */
export type TarIndex = ReadonlyMap<string, TarEntry>;

/** Makes the error for an archive that is not safe to read. */
export type Refuse = (reason: string) => Error;

const HEADER_BYTES = 512;
const READ_BYTES = 64 * 1024;
const MOST_ENTRIES = 100_000;
const MOST_LINKS = 32;
/** Given to the parser in place of a large file's content, which it only counts: most of an archive is never read. */
const UNREAD = new Uint8Array(1024 * 1024);

/**
 * Finds the files of an uncompressed tar. Nothing is unpacked, and whatever could lead out of the archive or be
 * understood in two ways is refused: absolute names, `..`, links to the outside, devices, a name twice, a cut end.
 * @param path the file's name, for errors
 */
export async function indexTar(file: FileHandle, path: string, refuse: Refuse): Promise<TarIndex> {
  const files = new Map<string, TarEntry>();
  const links = new Map<string, string>();
  let contentEnd = 0;

  const note = (header: Header, start: number) => {
    contentEnd = start + header.size;
    if (header.type === "directory") return;
    if (header.name.split("/").includes("..")) throw refuse(`${shown(header.name)} leads out of it`);
    const name = insidePath(header.name, refuse);
    if (files.has(name) || links.has(name)) throw refuse(`${shown(name)} is in it twice`);
    if (files.size + links.size >= MOST_ENTRIES) throw refuse(`it has more than ${MOST_ENTRIES} files`);
    if (header.type === "file" || header.type === "contiguous-file") files.set(name, { start, size: header.size });
    else if (header.type === "symlink") {
      if (posix.isAbsolute(header.linkname)) throw refuse(`${shown(name)} is a link to an absolute path`);
      links.set(name, insidePath(posix.join(posix.dirname(name), header.linkname), refuse));
    } else if (header.type === "link") links.set(name, insidePath(header.linkname, refuse));
    else throw refuse(`${shown(name)} is neither a file nor a folder nor a link`);
  };

  const tar = extract();
  const failed = new Promise<never>((_, reject) =>
    tar.on("error", (error) => reject(error instanceof SlipwayError ? error : refuse(error.message))),
  );
  failed.catch(() => {});
  tar.on("entry", (header, content, next) => {
    content.on("error", () => {});
    try {
      note(header, content.offset + HEADER_BYTES);
    } catch (thrown) {
      return next(thrown instanceof Error ? thrown : refuse(String(thrown)));
    }
    content.resume();
    next();
  });

  const { size } = await file.stat();
  for (let at = 0; at < size; ) {
    const isContent = at + UNREAD.byteLength <= Math.min(contentEnd, size);
    const chunk = isContent
      ? UNREAD
      : await readChunk(file, path, at, Buffer.allocUnsafe(Math.min(READ_BYTES, size - at)));
    at += chunk.byteLength;
    if (!tar.write(chunk)) await Promise.race([failed, new Promise<void>((resolve) => tar.once("drain", resolve))]);
  }
  tar.end(null);
  await Promise.race([failed, new Promise<void>((resolve) => tar.once("finish", resolve))]);

  for (const name of links.keys()) {
    const entry = files.get(followed(name, links, refuse));
    // A link to nothing, or to a folder, names no file; who asks for it is told that there is none.
    if (entry !== undefined) files.set(name, entry);
  }
  return files;
}

function followed(name: string, links: ReadonlyMap<string, string>, refuse: Refuse): string {
  let at = name;
  for (let steps = 0; steps <= MOST_LINKS; steps++) {
    const next = links.get(at);
    if (next === undefined) return at;
    at = next;
  }
  throw refuse(`${shown(name)} is a link that leads nowhere`);
}

/** A name as it is looked up, refused where it leaves the archive. */
function insidePath(name: string, refuse: Refuse): string {
  const path = posix.normalize(name);
  if (posix.isAbsolute(path) || path.split("/").includes("..")) throw refuse(`${shown(name)} leads out of it`);
  return path;
}

/** A name from an archive, as it may stand in a message. */
function shown(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
