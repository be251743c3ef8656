import type { Body } from "./target.ts";

/** A body over bytes in memory. */
export function bodyOf(bytes: Uint8Array): Body {
  return async (sink, options = {}) => {
    const rest = bytes.subarray(options.offset ?? 0);
    if (rest.byteLength > 0) await sink(rest);
  };
}

/** All of a body as one buffer. For configurations and other small blobs only: `limit` bytes at most. */
export async function collect(body: Body, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  await body((chunk) => {
    size += chunk.byteLength;
    if (size > limit) throw new RangeError(`more than ${limit} bytes`);
    chunks.push(Uint8Array.from(chunk));
    return undefined;
  });
  return Buffer.concat(chunks);
}
