import type { Answer, Incoming, Streamed } from "./answer.ts";
import { checkDigest, unsupported } from "./checks.ts";
import { Problem } from "./problem.ts";
import type { State } from "./state.ts";
import type { StoredBlob } from "./storage.ts";

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs */
export async function blobs(state: State, incoming: Incoming, repository: string, reference: string): Promise<Answer> {
  const digest = checkDigest(reference);
  const { method } = incoming;
  if (method === "DELETE") return remove(state, repository, reference);
  if (method !== "GET" && method !== "HEAD") unsupported(method);
  const blob = state.content.blob(repository, digest);
  if (method === "GET" && state.storageOrigin !== undefined) {
    return {
      status: 307,
      headers: { location: `${state.storageOrigin}/storage/${digest}?signature=${state.signature}` },
    };
  }
  return serve(blob, incoming, digest);
}

function remove(state: State, repository: string, reference: string): Answer {
  if (state.options.deletes === false) unsupported("DELETE");
  const digest = checkDigest(reference);
  state.content.blob(repository, digest);
  state.content.repository(repository).blobs.delete(digest);
  return { status: 202, headers: { "docker-content-digest": digest } };
}

/** A blob or the part of it that was asked for. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
export function serve(blob: StoredBlob, incoming: Incoming, digest: string): Answer {
  const headers = {
    "content-type": "application/octet-stream",
    "docker-content-digest": digest,
    "accept-ranges": "bytes",
    etag: `"${digest}"`,
  };
  const range = rangeOf(incoming.headers.range, blob.size);
  if (range === undefined) return { status: 200, headers, body: part(blob, 0, blob.size) };
  if (range === "unsatisfiable") {
    const invalid = new Problem(416, "RANGE_INVALID", `${blob.size} bytes do not have ${incoming.headers.range}`, {
      "content-range": `bytes */${blob.size}`,
    });
    return invalid.answer();
  }
  const [start, end] = range;
  const contentRange = `bytes ${start}-${end - 1}/${blob.size}`;
  return { status: 206, headers: { ...headers, "content-range": contentRange }, body: part(blob, start, end) };
}

function part(blob: StoredBlob, start: number, end: number): Streamed {
  return { length: end - start, open: () => blob.read(start, end) };
}

/** First byte, and the byte after the last. Several ranges at once are answered with everything, as they may be. */
function rangeOf(header: string | undefined, size: number): readonly [number, number] | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  if (first === "") {
    const suffix = Math.min(Number(last), size);
    return suffix === 0 ? "unsatisfiable" : [size - suffix, size];
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? "unsatisfiable" : [start, end];
}
