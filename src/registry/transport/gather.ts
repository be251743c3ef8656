import type { Sink } from "../../target/target.ts";

/** All bytes that `read` gives. More than `limit` of them end the read. @throws RangeError */
export async function gather(read: (sink: Sink) => Promise<void>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  await read((chunk) => {
    size += chunk.byteLength;
    if (size > limit) throw new RangeError(`the answer is longer than ${limit} bytes`);
    chunks.push(Uint8Array.from(chunk));
    return undefined;
  });
  return Buffer.concat(chunks, size);
}
