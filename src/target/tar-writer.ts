import { pack } from "tar-stream";
import type { Body } from "./target.ts";

/** A file that goes into an archive. Its size must be known before: tar says it first. */
export interface TarPart {
  readonly name: string;
  readonly size: number;
  readonly body: Body;
}

const EPOCH = new Date(0);

/** An archive of the parts, in their order, as a body. The same parts make the same bytes: no owner, no time. */
export function tarBody(parts: readonly TarPart[]): Body {
  return async (sink, { signal } = {}) => {
    const tar = pack();
    const packing = packAll();
    // An error of packing arrives through the stream; awaiting it below is too late for Node's taste.
    packing.catch((thrown) => tar.destroy(thrown));
    for await (const chunk of tar) if (chunk instanceof Uint8Array) await sink(chunk);
    await packing;

    async function packAll(): Promise<void> {
      for (const { name, size, body } of parts) {
        const entry = tar.entry({ name, size, mode: 0o644, mtime: EPOCH, type: "file" });
        const ended = new Promise<void>((resolve, reject) => {
          entry.on("finish", resolve);
          entry.on("error", reject);
          entry.on("close", () => reject(new Error("the archive was given up")));
        });
        ended.catch(() => {});
        const drained = () => new Promise<void>((resolve) => entry.once("drain", resolve));
        await body(
          (chunk) => (entry.write(Buffer.from(chunk)) ? undefined : Promise.race([ended, drained()])),
          signal === undefined ? {} : { signal },
        );
        entry.end(null);
        await ended;
      }
      tar.finalize();
    }
  };
}
