import { type FileHandle, open } from "node:fs/promises";
import { failure } from "../words/error.ts";
import { onStorage } from "./storage-failure.ts";
import type { Body } from "./target.ts";

/** Enough that the calls cost little, small enough that many blobs at once stay small. */
const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of a part of an open file, through one buffer of at most 256 KiB.
 * @param path the file's name, for errors
 * @throws STORAGE_FAILED also when the file ends before the part does
 */
export function rangeBody(file: FileHandle, path: string, start: number, length: number): Body {
  return async (sink, { offset = 0, signal } = {}) => {
    const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, length));
    const end = start + length;
    for (let at = start + offset; at < end; ) {
      signal?.throwIfAborted();
      const chunk = await readChunk(file, path, at, buffer.subarray(0, end - at));
      at += chunk.byteLength;
      await sink(chunk);
    }
  };
}

/** The bytes of a whole file, opened anew on each call. */
export function fileBody(path: string): Body {
  return async (sink, options) => {
    const file = await onStorage(path, () => open(path, "r"));
    try {
      const { size } = await onStorage(path, () => file.stat());
      await rangeBody(file, path, 0, size)(sink, options);
    } finally {
      await file.close();
    }
  };
}

/** Between 1 and all bytes of a buffer, from position `at`. */
export async function readChunk(file: FileHandle, path: string, at: number, buffer: Uint8Array): Promise<Uint8Array> {
  const { bytesRead } = await onStorage(path, () => file.read(buffer, 0, buffer.byteLength, at));
  if (bytesRead === 0) throw failure("STORAGE_FAILED", { path, reason: `it ends at byte ${at}` });
  return buffer.subarray(0, bytesRead);
}
