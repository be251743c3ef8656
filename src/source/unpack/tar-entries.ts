import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { Extract, Header } from "tar-stream";
import { failure } from "../../words/error.ts";
import { isTar, KIND_BYTES, type Packing } from "./archive-kind.ts";
import { type Entry, isExecutable } from "./entry.ts";
import type { Reading } from "./reading.ts";

const CHUNK_BYTES = 256 * 1024;
const BLOCK_BYTES = 512;

/**
 * The entries of a tar (POSIX's or GNU's), in its order. A missing end is damage: not every kind of compression tells
 * where it was cut.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 * @throws PACKAGE_DAMAGED, PACKAGE_TOO_LARGE, PACKAGE_KIND_UNKNOWN where what is compressed is no tar, STORAGE_FAILED
 */
export async function* tarEntries(reading: Reading, packing: Exclude<Packing, "zip">): AsyncGenerator<Entry> {
  const { extract } = await import("tar-stream");
  const tar = extract();
  let fault: unknown;
  tar.on("error", (thrown) => {
    fault = thrown;
  });
  const closed = new Promise<void>((resolve) => tar.on("close", resolve));
  // Who reads is told only that the stream is gone; why, it says before it closes.
  const failed = async (thrown: unknown): Promise<unknown> => {
    tar.destroy();
    await closed;
    return reading.failed(fault ?? thrown);
  };
  const feeding = feed(reading, packing, tar);
  feeding.catch((thrown) => tar.destroy(thrown));
  try {
    for await (const content of tar) {
      yield entryOf(content.header, bodyOf(content, failed));
      // What nobody has read of it is passed over.
      content.resume();
    }
  } catch (thrown) {
    throw await failed(thrown);
  } finally {
    tar.destroy();
    await feeding.catch(() => undefined);
  }
}

/** Gives the archive's bytes, inflated, to the parser. */
async function feed(reading: Reading, packing: Exclude<Packing, "zip">, tar: Extract): Promise<void> {
  const { file, signal } = reading;
  const give = async (chunks: AsyncIterable<Buffer>) => {
    let start = Buffer.alloc(0);
    let end = Buffer.alloc(0);
    for await (const chunk of chunks) {
      if (tar.destroyed) return;
      reading.meter.bytes(chunk.byteLength);
      if (start.byteLength < KIND_BYTES) start = Buffer.concat([start, chunk.subarray(0, KIND_BYTES)]);
      end = Buffer.concat([end, chunk.subarray(-BLOCK_BYTES)]).subarray(-BLOCK_BYTES);
      if (start.byteLength >= KIND_BYTES && !isTar(start)) throw noTar(file, packing);
      if (!tar.write(chunk)) await drained(tar);
    }
    if (!isTar(start)) throw noTar(file, packing);
    if (end.some((byte) => byte !== 0)) throw reading.refuse.damaged("its end is missing");
    tar.end(null);
  };
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const options = signal === undefined ? {} : { signal };
  if (packing === "tar") await pipeline(source, give, options);
  else await pipeline(source, inflater(packing), give, options);
}

function inflater(packing: "gzip" | "zstd") {
  const options = { chunkSize: CHUNK_BYTES };
  return packing === "gzip" ? createGunzip(options) : createZstdDecompress(options);
}

function noTar(file: string, packing: Packing): Error {
  return failure("PACKAGE_KIND_UNKNOWN", { file, kind: `what is inside the ${packing} is no tar` });
}

function drained(tar: Extract): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      tar.off("drain", settle).off("close", settle);
      resolve();
    };
    tar.on("drain", settle).on("close", settle);
  });
}

function entryOf({ name, type, mode, linkname, pax }: Header, body: AsyncIterable<Uint8Array>): Entry {
  // Where the header has none, the library gives null.
  const target = linkname ?? "";
  if (isSparse(pax)) return { kind: "other", name, reason: "is a sparse file, whose content is not here as it is" };
  switch (type) {
    case "file":
    case "contiguous-file":
      return { kind: "file", name, isExecutable: isExecutable(mode), body };
    case "directory":
      return { kind: "folder", name };
    case "symlink":
      return { kind: "symlink", name, target };
    case "link":
      return { kind: "hardlink", name, target };
    default:
      return { kind: "other", name, reason: "is neither a file nor a folder nor a link" };
  }
}

/** GNU's way to leave out zeros. https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html */
function isSparse(pax: unknown): boolean {
  return typeof pax === "object" && pax !== null && Object.keys(pax).some((key) => key.startsWith("GNU.sparse."));
}

async function* bodyOf(
  content: AsyncIterable<unknown>,
  failed: (thrown: unknown) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of content) if (chunk instanceof Uint8Array) yield chunk;
  } catch (thrown) {
    throw await failed(thrown);
  }
}
