import { createCipheriv, createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type { Digest } from "../../oci/digest.ts";
import type { Body } from "../../target/target.ts";
import type { TestBlob } from "./image.ts";

/** A layer: its blob, and the digest of what it unpacks to, for the image's configuration. */
export interface TestLayer {
  readonly blob: TestBlob;
  readonly diffId: Digest;
}

/** Tar bytes in one block of the gzip stream; a chunk has {@link CHUNK_BLOCKS} blocks. */
const BLOCK = 32 * 1024;
const CHUNK_BLOCKS = 32;
const CHUNK = BLOCK * CHUNK_BLOCKS;
const BLOCK_HEADER = 5;
/** https://www.rfc-editor.org/rfc/rfc1952: deflate, no flags, no time, unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const TRAILER_BYTES = 8;
const TAR_BLOCK = 512;
const ZEROS = Buffer.alloc(CHUNK);

/**
 * A layer with one file of `fileBytes` random bytes: a real tar in a real gzip stream. Random bytes do not compress, so
 * the gzip stream stores them; every byte can then be made from its position, whatever the size.
 */
export async function randomLayer(seed: string, fileBytes: number, mediaType: string): Promise<TestLayer> {
  const tar = new RandomTar(seed, fileBytes);
  const [ofTar, ofGzip] = [createHash("sha256"), createHash("sha256").update(GZIP_HEADER)];
  let check = 0;
  let size = GZIP_HEADER.byteLength + TRAILER_BYTES;
  for (let at = 0; at < tar.size; at += CHUNK) {
    const bytes = tar.read(at, Math.min(CHUNK, tar.size - at));
    const blocks = storedBlocks(bytes, at + bytes.byteLength === tar.size);
    ofTar.update(bytes);
    ofGzip.update(blocks);
    check = crc32(bytes, check);
    size += blocks.byteLength;
    await setImmediate(); // a large layer takes seconds, and servers may be running in this process
  }
  const digest: Digest = `sha256:${ofGzip.update(trailer(tar, check)).digest("hex")}`;
  const blob = { descriptor: { mediaType, digest, size }, body: gzipBody(tar, check) };
  return { blob, diffId: `sha256:${ofTar.digest("hex")}` };
}

/** The gzip stream of a tar, from any offset on. */
function gzipBody(tar: RandomTar, check: number): Body {
  return async (sink, { offset = 0, signal } = {}) => {
    let start = 0;
    const give = (piece: Buffer) => {
      const skipped = Math.max(0, offset - start);
      start += piece.byteLength;
      return skipped >= piece.byteLength ? undefined : sink(piece.subarray(skipped));
    };
    await give(Buffer.from(GZIP_HEADER));
    for (let at = 0; at < tar.size; at += CHUNK) {
      signal?.throwIfAborted();
      const length = Math.min(CHUNK, tar.size - at);
      const stored = length + Math.ceil(length / BLOCK) * BLOCK_HEADER;
      if (start + stored <= offset) {
        start += stored;
        continue;
      }
      const full = give(storedBlocks(tar.read(at, length), at + length === tar.size));
      if (full !== undefined) await full;
    }
    await give(trailer(tar, check));
  };
}

function trailer(tar: RandomTar, check: number): Buffer {
  const bytes = Buffer.alloc(TRAILER_BYTES);
  bytes.writeUInt32LE(check, 0);
  bytes.writeUInt32LE(tar.size % 2 ** 32, 4);
  return bytes;
}

/** https://www.rfc-editor.org/rfc/rfc1951#page-11 */
function storedBlocks(bytes: Buffer, last: boolean): Buffer {
  const blocks = Math.ceil(bytes.byteLength / BLOCK);
  const out = Buffer.allocUnsafe(bytes.byteLength + blocks * BLOCK_HEADER);
  for (let block = 0; block < blocks; block += 1) {
    const data = bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
    const at = block * (BLOCK + BLOCK_HEADER);
    out.writeUInt8(last && block === blocks - 1 ? 1 : 0, at);
    out.writeUInt16LE(data.byteLength, at + 1);
    out.writeUInt16LE(data.byteLength ^ 0xffff, at + 3);
    data.copy(out, at + BLOCK_HEADER);
  }
  return out;
}

/** A tar with one file, each of whose bytes follows from the seed and its position. */
class RandomTar {
  /** Bytes. */
  readonly size: number;
  readonly #key: Buffer;
  readonly #header: Buffer;
  readonly #dataEnd: number;

  constructor(seed: string, fileBytes: number) {
    this.#key = createHash("sha256").update(seed).digest().subarray(0, 16);
    this.#header = tarHeader(`layer-${this.#key.toString("hex")}.bin`, fileBytes);
    this.#dataEnd = TAR_BLOCK + fileBytes;
    this.size = Math.ceil(this.#dataEnd / TAR_BLOCK) * TAR_BLOCK + 2 * TAR_BLOCK;
  }

  /** `at` is a multiple of 16: the cipher counts in such blocks. */
  read(at: number, length: number): Buffer {
    const counter = Buffer.alloc(16);
    counter.writeBigUInt64BE(BigInt(at / 16), 8);
    const bytes = createCipheriv("aes-128-ctr", this.#key, counter).update(ZEROS.subarray(0, length));
    if (at === 0) this.#header.copy(bytes);
    if (at + length > this.#dataEnd) bytes.fill(0, Math.max(0, this.#dataEnd - at));
    return bytes;
  }
}

/** https://www.gnu.org/software/tar/manual/html_node/Standard.html */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(TAR_BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, "0"), at);
  header.write(name, 0);
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\u0000 `, 148);
  return header;
}
