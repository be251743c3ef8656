import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, createZstdDecompress } from "node:zlib";
import type { Body } from "./target.ts";

const CHUNK_BYTES = 256 * 1024;

/** A body as a stream, for libraries that read streams. Destroying the stream ends the read. */
export function readableOf(body: Body): Readable {
  const reading = new AbortController();
  let goOn: (() => void) | undefined;
  let isStarted = false;
  return new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      goOn?.();
      if (isStarted) return;
      isStarted = true;
      const full = () => new Promise<void>((resolve) => (goOn = resolve));
      body((chunk) => (this.push(Buffer.from(chunk)) ? undefined : full()), { signal: reading.signal }).then(
        () => this.push(null),
        (thrown) => this.destroy(thrown),
      );
    },
    destroy(error, done) {
      reading.abort();
      goOn?.();
      done(error);
    },
  });
}

/** The body as it comes out of a transform. It starts at the beginning: an offset is for bodies that can seek. */
function through(body: Body, transform: () => Transform): Body {
  return async (sink, { signal } = {}) => {
    const give = async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) await sink(chunk);
    };
    await pipeline(readableOf(body), transform(), give, signal === undefined ? {} : { signal });
  };
}

/** Gzip without name and time: the same bytes in, the same bytes out. */
export function gzipped(body: Body): Body {
  return through(body, () => createGzip({ chunkSize: CHUNK_BYTES }));
}

/** What compressed bytes begin with, by which they are known whatever their name says. */
export type Compression = "gzip" | "zstd";

export function compressionOf(start: Uint8Array): Compression | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return "gzip";
  return start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd ? "zstd" : undefined;
}

/** How a body is compressed, by its first bytes. Reads no more than its first chunk. */
export async function compressionOfBody(body: Body): Promise<Compression | undefined> {
  const enough = new AbortController();
  let start: Uint8Array | undefined;
  try {
    await body(
      (chunk) => {
        start ??= Uint8Array.from(chunk.subarray(0, 4));
        enough.abort();
        return undefined;
      },
      { signal: enough.signal },
    );
  } catch (thrown) {
    if (start === undefined) throw thrown;
  }
  return start === undefined ? undefined : compressionOf(start);
}

/** Legitimate layers of zeros reach a thousandfold, but not far beyond the first GiB. */
const FREE_BYTES = 1024 ** 3;
const MOST_RATIO = 200;

/**
 * The body inflated. Stops a decompression bomb: no more than 1 GiB and 200 times what came in. Node does not notice
 * where zstd data is cut; whoever inflates holds a digest or the end of a tar against the result.
 * @param size bytes of `body`
 * @param refuse makes the error for a bomb and for bytes that cannot be inflated
 * @param freeBytes what may always come out, whatever came in. Default: 1 GiB
 */
export function inflated(
  body: Body,
  kind: Compression,
  size: number,
  refuse: (reason: string) => Error,
  freeBytes = FREE_BYTES,
): Body {
  const limit = freeBytes + size * MOST_RATIO;
  const options = { chunkSize: CHUNK_BYTES };
  const transform = () => (kind === "gzip" ? createGunzip(options) : createZstdDecompress(options));
  return async (sink, readOptions) => {
    let inflatedBytes = 0;
    try {
      await through(body, transform)((chunk) => {
        inflatedBytes += chunk.byteLength;
        if (inflatedBytes > limit) throw refuse(`it inflates to more than ${limit} bytes`);
        return sink(chunk);
      }, readOptions);
    } catch (thrown) {
      throw isZlibError(thrown) ? refuse(`it is not whole ${kind} data: ${thrown.message}`) : thrown;
    }
  };
}

function isZlibError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && "code" in thrown && /^(Z_|ZSTD_)/.test(String(thrown.code));
}
