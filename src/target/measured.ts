import { createHash } from "node:crypto";
import type { Digest } from "../oci/digest.ts";
import type { Body } from "./target.ts";

/** A body whose digest and size are known when it has flowed once, from the beginning to the end. */
export interface Measured {
  readonly body: Body;
  result(): { readonly digest: Digest; readonly size: number };
}

export function measured(body: Body): Measured {
  const hash = createHash("sha256");
  let size = 0;
  return {
    body: (sink, options) =>
      body((chunk) => {
        hash.update(chunk);
        size += chunk.byteLength;
        return sink(chunk);
      }, options),
    result: () => ({ digest: `sha256:${hash.digest("hex")}`, size }),
  };
}
