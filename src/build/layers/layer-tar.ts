import { type FileHandle, open } from "node:fs/promises";
import { type Header, pack } from "tar-stream";
import { rangeBody } from "../../target/file-body.ts";
import { onStorage } from "../../target/storage-failure.ts";
import type { Body, Sink } from "../../target/target.ts";
import { failure } from "../../words/error.ts";
import type { LayerEntry } from "./layer-entries.ts";

const BLOCK = 512;
const END = new Uint8Array(2 * BLOCK);
type HeaderFields = Partial<Header> & Pick<Header, "name">;

/** What ustar's fields hold: bytes of a name, and the highest user or group, size of a file. */
const NAME_BYTES = 100;
const MOST_ID = 0o777777;
const MOST_SIZE = 0o77777777777;

/**
 * A layer's entries as a tar: ustar, and pax where a name or number is beyond it. The same entries make the same bytes on
 * any machine: modes are 755 for folders and what its owner may execute, else 644; there are no names of owners; all
 * times are one.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#file-types
 * @param time of every entry, in whole seconds
 * @throws STORAGE_FAILED; LAYER_FILE_CHANGED where a file is written to while it is read
 */
export function layerTar(entries: () => AsyncIterable<LayerEntry>, time: Date): Body {
  return async (sink, { signal } = {}) => {
    for await (const entry of entries()) {
      signal?.throwIfAborted();
      const { uid, gid } = entry.owner;
      const common = { uid, gid, mtime: time };
      if (entry.kind === "folder") {
        await sink(await headerOf({ ...common, name: `${entry.path}/`, type: "directory", mode: 0o755 }));
      } else if (entry.kind === "link") {
        const { path: name, target: linkname } = entry;
        await sink(await headerOf({ ...common, name, type: "symlink", linkname, mode: 0o777 }));
      } else await giveFile(entry.source, { ...common, name: entry.path, type: "file" }, sink, signal);
    }
    await sink(END);
  };
}

async function giveFile(path: string, header: HeaderFields, sink: Sink, signal?: AbortSignal): Promise<void> {
  const file = await onStorage(path, () => open(path, "r"));
  try {
    const { size, mode, mtimeMs } = await onStorage(path, () => file.stat());
    await sink(await headerOf({ ...header, size, mode: (mode & 0o100) === 0 ? 0o644 : 0o755 }));
    await rangeBody(file, path, 0, size)(sink, signal === undefined ? {} : { signal });
    await expectUnchanged(file, path, size, mtimeMs);
    const rest = size % BLOCK;
    if (rest > 0) await sink(new Uint8Array(BLOCK - rest));
  } finally {
    await file.close();
  }
}

/** A tar says a file's size before its bytes, so what is still being written would come out cut, or mixed. */
async function expectUnchanged(file: FileHandle, path: string, size: number, mtimeMs: number): Promise<void> {
  const after = await onStorage(path, () => file.stat());
  if (after.size !== size || after.mtimeMs !== mtimeMs) throw failure("LAYER_FILE_CHANGED", { path });
}

/** What stands before an entry's content. The content itself needs no library and goes past this one, uncopied. */
function headerOf(header: HeaderFields): Promise<Uint8Array> {
  const { name, linkname = "", uid = 0, gid = 0, size = 0 } = header;
  const pax = {
    ...(uid > MOST_ID && { uid: String(uid) }),
    ...(gid > MOST_ID && { gid: String(gid) }),
    ...(size > MOST_SIZE && { size: String(size) }),
  };
  const needsPax = !fits(name) || !fits(linkname) || Object.keys(pax).length > 0;
  const tar = pack();
  const parts: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    tar.on("error", reject);
    tar.on("open", () => {
      const entry = tar.entry(needsPax ? { ...header, pax } : header);
      entry.on("error", reject);
      entry.on("open", () => {
        for (let part = tar.read(); part instanceof Uint8Array; part = tar.read()) parts.push(part);
        resolve(Buffer.concat(parts));
      });
    });
    // Opens it: what is packed before cannot be read at once.
    tar.read();
  });
}

function fits(name: string): boolean {
  return Buffer.byteLength(name) === name.length && name.length <= NAME_BYTES;
}
