import { buffer } from "node:stream/consumers";
import { zstdCompressSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

export interface Entry extends Partial<Header> {
  readonly name: string;
  readonly content?: string;
}

/** A tar with these entries, whatever their names are. */
export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = "", ...header } of entries) tar.entry(header, content);
  tar.finalize();
  return buffer(tar);
}

const FRAME_BYTES = 64 * 1024 * 1024;

/** Little that becomes so many bytes: one zstd frame of zeros after the other. https://www.rfc-editor.org/rfc/rfc8878 */
export function bombOf(bytes: number): Buffer {
  const frame = zstdCompressSync(Buffer.alloc(FRAME_BYTES));
  return Buffer.concat(Array.from({ length: Math.ceil(bytes / FRAME_BYTES) }, () => frame));
}
