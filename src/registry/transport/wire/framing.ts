import type { Head } from "./head.ts";

/** Where the body of an answer ends. Takes raw bytes, gives the body's, and says when it is whole. */
export interface Framing {
  /** Bytes of the body, where that is known from the head. */
  readonly length: number | undefined;
  /** True once nothing more belongs to the body. */
  readonly isWhole: boolean;
  /** True when the end of the connection is the end of the body. */
  readonly endsWithConnection: boolean;
  /** Gives the parts of `bytes` that are body to `give`. @throws SyntaxError for what is not framed as it says */
  feed(bytes: Uint8Array, give: (part: Uint8Array) => void): void;
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-6.3 @throws SyntaxError */
export function framingOf(method: string, head: Head): Framing {
  const coding = head.headers.get("transfer-encoding")?.toLowerCase();
  const length = head.headers.get("content-length");
  if (method === "HEAD" || head.status === 204 || head.status === 304) return new Counted(0);
  if (coding !== undefined) {
    if (coding !== "chunked" || length !== undefined) throw new SyntaxError(`it is encoded as "${coding}"`);
    return new Chunked();
  }
  if (length === undefined) return new UntilClose();
  if (!/^\d{1,15}$/.test(length)) throw new SyntaxError("its length is not a number");
  return new Counted(Number(length));
}

class Counted implements Framing {
  readonly length: number;
  readonly endsWithConnection = false;
  #left: number;

  constructor(length: number) {
    this.length = length;
    this.#left = length;
  }

  get isWhole(): boolean {
    return this.#left === 0;
  }

  feed(bytes: Uint8Array, give: (part: Uint8Array) => void): void {
    if (bytes.byteLength > this.#left) throw new SyntaxError("it sends more than its length");
    this.#left -= bytes.byteLength;
    give(bytes);
  }
}

class UntilClose implements Framing {
  readonly length = undefined;
  readonly endsWithConnection = true;
  readonly isWhole = false;

  feed(bytes: Uint8Array, give: (part: Uint8Array) => void): void {
    give(bytes);
  }
}

const MAX_LINE_BYTES = 1024;

/** https://www.rfc-editor.org/rfc/rfc9112#section-7.1 */
class Chunked implements Framing {
  readonly length = undefined;
  readonly endsWithConnection = false;
  isWhole = false;
  #line = "";
  #left = 0;
  #expects: "size" | "data" | "end of data" | "trailer" = "size";

  feed(bytes: Uint8Array, give: (part: Uint8Array) => void): void {
    for (let at = 0; at < bytes.byteLength; ) {
      if (this.isWhole) throw new SyntaxError("it goes on behind its last chunk");
      if (this.#expects === "data") {
        const part = bytes.subarray(at, at + this.#left);
        at += part.byteLength;
        this.#left -= part.byteLength;
        if (this.#left === 0) this.#expects = "end of data";
        give(part);
        continue;
      }
      const end = bytes.indexOf(10, at);
      const until = end < 0 ? bytes.byteLength : end + 1;
      this.#line += Buffer.from(bytes.buffer, bytes.byteOffset + at, until - at).toString("latin1");
      at = until;
      if (this.#line.length > MAX_LINE_BYTES) throw new SyntaxError("a line between its chunks is too long");
      if (end >= 0) this.#endLine();
    }
  }

  #endLine(): void {
    const line = this.#line.replace(/\r?\n$/, "");
    this.#line = "";
    if (this.#expects === "trailer") {
      this.isWhole = line === "";
    } else if (this.#expects === "end of data") {
      if (line !== "") throw new SyntaxError("a chunk of it is longer than it says");
      this.#expects = "size";
    } else {
      const [, size] = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/.exec(line) ?? [];
      if (size === undefined) throw new SyntaxError("a chunk of it has no size");
      this.#left = Number.parseInt(size, 16);
      this.#expects = this.#left === 0 ? "trailer" : "data";
    }
  }
}
