/** Archives as tests want them, honest or not. For tests only. */
import { buffer } from "node:stream/consumers";
import { crc32, deflateRawSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

export interface TarPart extends Partial<Header> {
  readonly name: string;
  readonly content?: string | Buffer;
}

/** A tar with these entries, whatever their names are. */
export async function tarOf(parts: readonly TarPart[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = "", ...header } of parts) tar.entry(header, content);
  tar.finalize();
  return buffer(tar);
}

export interface ZipPart {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** Unix mode with the bits of its type. Left out: the zip says that it was made on Windows. */
  readonly mode?: number;
  /** Default: stored. */
  readonly isDeflated?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** What the headers say, where that is not the truth. */
  readonly crc?: number;
  readonly size?: number;
}

const UTF8_FLAG = 0x800;

/** A zip with these entries. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3 */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { name, content = "", mode, isDeflated = false, flags = UTF8_FLAG, method = isDeflated ? 8 : 0 } = part;
    const [nameBytes, bytes] = [Buffer.from(name), Buffer.from(content)];
    const packed = isDeflated ? deflateRawSync(bytes) : bytes;
    const { crc = crc32(bytes), size = bytes.byteLength } = part;
    const common = numbers(
      [2, 20], // version needed
      [2, flags],
      [2, method],
      [4, 0x00210000], // 1 January 1980
      [4, crc],
      [4, packed.byteLength],
      [4, size],
      [2, nameBytes.byteLength],
      [2, 0],
    );
    const local = Buffer.concat([numbers([4, 0x04034b50]), common, nameBytes, packed]);
    const madeBy = mode === undefined ? 20 : (3 << 8) | 20;
    const attributes = mode === undefined ? 0 : mode * 0x10000;
    directory.push(
      numbers([4, 0x02014b50], [2, madeBy]),
      common,
      numbers([2, 0], [2, 0], [2, 0], [4, attributes], [4, offset]),
      nameBytes,
    );
    files.push(local);
    offset += local.byteLength;
  }
  const listed = Buffer.concat(directory);
  const count = parts.length;
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, listed.byteLength],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...files, listed, end]);
}

/** Numbers one after the other, each of so many bytes, the least significant first. */
function numbers(...fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
