import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import type { Entry as ZipEntry, ZipFile } from "yauzl";
import { type Entry, isExecutable } from "./entry.ts";
import type { Reading } from "./reading.ts";

const UTF8_FLAG = 0x800;
/** Systems whose attributes hold a Unix mode: section 4.4.2.2. */
const UNIX_SYSTEMS: readonly number[] = [3, 19];
const TYPE_BITS = 0o170000;
const [REGULAR, FOLDER, SYMLINK] = [0o100000, 0o040000, 0o120000];
const [STORED, DEFLATED] = [0, 8];
/** The longest path that Linux takes. */
const MOST_TARGET_BYTES = 4096;

/**
 * The entries of a zip, in the order of its directory. Size and CRC-32 of each are checked while its bytes are read.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 * @throws PACKAGE_DAMAGED, PACKAGE_TOO_LARGE, STORAGE_FAILED; PACKAGE_UNSAFE for what is encrypted
 */
export async function* zipEntries(reading: Reading): AsyncGenerator<Entry> {
  const { openPromise, getFileNameLowLevel } = await import("yauzl");
  const zip = await reading.of(() => openPromise(reading.file, { decodeStrings: false, autoClose: false }));
  // Its promises tell everything; without a listener, an error that it emits besides would end the process.
  zip.on("error", () => undefined);
  try {
    const directory = zip.eachEntry();
    for (;;) {
      const { done, value } = await reading.of(() => directory.next());
      if (done === true) return;
      // Some programs, macOS's among them, write UTF-8 and do not say so.
      const flags = value.generalPurposeBitFlag | (isUtf8(value.fileNameRaw) ? UTF8_FLAG : 0);
      yield await entryOf(reading, zip, value, getFileNameLowLevel(flags, value.fileNameRaw, value.extraFields, true));
    }
  } finally {
    zip.close();
  }
}

async function entryOf(reading: Reading, zip: ZipFile, entry: ZipEntry, name: string): Promise<Entry> {
  if (entry.isEncrypted()) throw reading.refuse.unsafe(name, "is encrypted");
  const mode = UNIX_SYSTEMS.includes(entry.versionMadeBy >>> 8) ? entry.externalFileAttributes >>> 16 : 0;
  const type = mode & TYPE_BITS;
  if (name.endsWith("/") || type === FOLDER) return { kind: "folder", name };
  const body = bodyOf(reading, zip, entry, name);
  if (type === SYMLINK) return { kind: "symlink", name, target: await targetOf(reading, entry, name, body) };
  if (type === 0 || type === REGULAR) return { kind: "file", name, isExecutable: isExecutable(mode), body };
  return { kind: "other", name, reason: "is neither a file nor a folder nor a link" };
}

/** A symbolic link's target is its content. */
async function targetOf({ refuse }: Reading, entry: ZipEntry, name: string, body: AsyncIterable<Uint8Array>) {
  if (entry.uncompressedSize > MOST_TARGET_BYTES) throw refuse.unsafe(name, "is a link with too long a target");
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function* bodyOf(reading: Reading, zip: ZipFile, entry: ZipEntry, name: string): AsyncGenerator<Uint8Array> {
  const { compressionMethod: method } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw reading.refuse.damaged(`${name} is compressed in a way (method ${method}) that is not common`);
  }
  const stream = await reading.of(() => zip.openReadStreamPromise(entry));
  let crc = 0;
  try {
    for await (const chunk of stream) {
      reading.meter.bytes(chunk.byteLength);
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (thrown) {
    throw reading.failed(thrown);
  }
  if (crc !== entry.crc32) throw reading.refuse.damaged(`the CRC-32 of ${name} is not what it should be`);
}
