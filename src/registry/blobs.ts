import type { Descriptor } from "../oci/descriptor.ts";
import type { Body, Sink } from "../target/target.ts";
import { failure } from "../words/error.ts";
import type { Host } from "./host.ts";
import { isProgress, retrying } from "./transport/retry.ts";

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#checking-if-content-exists-in-the-registry */
export function blobExists(host: Host, repository: string, blob: Descriptor): Promise<boolean> {
  const call = {
    method: "HEAD",
    path: blobPath(repository, blob),
    repository,
    scopes: pull(repository),
    expect: [200, 404],
  } as const;
  return host.call(call, async (answer) => answer.status === 200);
}

/**
 * A blob's bytes. A read that is cut goes on by Range from the byte that was reached; only tries that got nowhere count.
 * A server that ignores Range is read again from the beginning and what is known already is passed over.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-blobs
 */
export function blobBody(host: Host, repository: string, target: string, blob: Descriptor): Body {
  const body = unpacedBody(host, repository, target, blob);
  return host.setup.downloads?.slow(body) ?? body;
}

function unpacedBody(host: Host, repository: string, target: string, blob: Descriptor): Body {
  return async (sink, options = {}) => {
    let offset = options.offset ?? 0;
    let reached = offset;
    const receiver = watched(sink);
    const signal = options.signal ?? host.setup.signal;
    const path = blobPath(repository, blob);
    const operation = `GET ${path}`;
    await retrying(
      () => {
        reached = offset;
        const call = {
          method: "GET",
          path,
          repository,
          scopes: pull(repository),
          lane: "download",
          bytes: blob.size - offset,
          expect: [200, 206, 404, 416],
          retry: false,
          headers: { "accept-encoding": "identity", ...(offset > 0 && { range: `bytes=${offset}-` }) },
          ...(signal !== undefined && { signal }),
        } as const;
        return host.call(call, async (answer) => {
          if (answer.status === 404) throw failure("BLOB_UNKNOWN", { target, digest: blob.digest });
          const invalid = (reason: string) => failure("ANSWER_INVALID", { host: host.name, operation, reason });
          if (answer.status === 416) throw invalid(`it has no byte ${offset} of ${blob.size}`);
          const encoding = answer.header("content-encoding");
          if (encoding !== undefined && encoding !== "identity") throw invalid(`it encodes the blob as ${encoding}`);
          let skip = answer.status === 206 ? 0 : offset;
          if (answer.status === 206 && !startsAt(answer.header("content-range"), offset)) {
            throw invalid(`asked from byte ${offset}, it sends ${answer.header("content-range")}`);
          }
          await answer.read((chunk) => {
            if (skip >= chunk.byteLength) {
              skip -= chunk.byteLength;
              return undefined;
            }
            const news = skip === 0 ? chunk : chunk.subarray(skip);
            skip = 0;
            offset += news.byteLength;
            return receiver.sink(news);
          });
        });
      },
      {
        policy: host.retry,
        progressed: (error) => isProgress(offset - reached, error),
        hopeless: () => receiver.failed,
        ...(signal !== undefined && { signal }),
        onRetry: (error, attempt) => host.tell({ kind: "retrying", host: host.name, operation, error, attempt }),
      },
    );
  };
}

/** A sink that remembers having failed: then the fault is not this read's, and reading again is not the answer. */
function watched(sink: Sink): { readonly sink: Sink; failed: boolean } {
  const state = {
    failed: false,
    sink: (chunk: Uint8Array) => {
      const fail = (error: unknown) => {
        state.failed = true;
        throw error;
      };
      try {
        return sink(chunk)?.catch(fail);
      } catch (error) {
        return fail(error);
      }
    },
  };
  return state;
}

function startsAt(contentRange: string | undefined, offset: number): boolean {
  return contentRange?.startsWith(`bytes ${offset}-`) ?? false;
}

export function blobPath(repository: string, blob: Descriptor): string {
  return `/v2/${repository}/blobs/${blob.digest}`;
}

function pull(repository: string): Record<string, "pull"> {
  return { [repository]: "pull" };
}
