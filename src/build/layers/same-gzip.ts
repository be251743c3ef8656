import type { Body } from "../../target/target.ts";

const LEVEL = 6;
/** Fflate ends its blocks where the pieces end that it is given, so the pieces have one size. */
const PIECE_BYTES = 64 * 1024;

/**
 * Gzip in plain JavaScript: the same bytes in, the same bytes out, on every processor and in every version of Node, whose
 * own zlib promises neither. Without name and time. About half as fast as zlib.
 */
export function sameGzip(body: Body): Body {
  return async (sink, options) => {
    const { Gzip } = await import("fflate");
    const packed: Uint8Array[] = [];
    const gzip = new Gzip({ level: LEVEL, mtime: 0 }, (chunk) => packed.push(chunk));
    const give = async () => {
      for (const chunk of packed.splice(0)) await sink(chunk);
    };
    const piece = new Uint8Array(PIECE_BYTES);
    let filled = 0;
    await body(async (chunk) => {
      for (let rest = chunk; rest.byteLength > 0; ) {
        const part = rest.subarray(0, PIECE_BYTES - filled);
        piece.set(part, filled);
        filled += part.byteLength;
        rest = rest.subarray(part.byteLength);
        if (filled < PIECE_BYTES) continue;
        gzip.push(piece);
        filled = 0;
        await give();
      }
    }, options);
    gzip.push(piece.subarray(0, filled), true);
    await give();
  };
}
