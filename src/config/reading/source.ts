import { readFileSync } from "node:fs";
import { failure } from "../../words/error.ts";

/** A file's text, and the name that errors give it. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Far more than any list of images needs; less than what would keep a parser busy. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads a text file; a byte order mark is dropped.
 * @throws CONFIG_UNREADABLE when it is not there, not allowed, too large or not UTF-8
 */
export function readSource(file: string): Source {
  return { file, text: decode(file, readBytes(file)) };
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw failure("CONFIG_UNREADABLE", { file, reason: readingReason(cause) }, { cause });
  }
}

function decode(file: string, bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_BYTES) {
    throw failure("CONFIG_UNREADABLE", { file, reason: `it is larger than ${MAX_BYTES} bytes` });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw failure("CONFIG_UNREADABLE", { file, reason: "it is not UTF-8 text" }, { cause });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
};

/** Why a file could not be read, in words. */
export function readingReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? String(cause.code) : "";
  return REASONS[code] ?? cause.message;
}
