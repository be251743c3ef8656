import { createHash } from "node:crypto";
import type { BuildRequest } from "../request.ts";

/**
 * The name that an image has in a builder's own storage until it is read from there. The same request has the same name,
 * so that what a killed build has left is overwritten by the next and does not pile up.
 */
export function workName({ layout, tag }: BuildRequest): string {
  const hash = createHash("sha256").update(`${layout.name}\n${tag}`).digest("hex");
  return `localhost/slipway-build-${hash.slice(0, 16)}:latest`;
}
