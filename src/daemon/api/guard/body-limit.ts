import type { MiddlewareHandler } from "hono";
import { failure } from "../../../words/error.ts";
import type { Env } from "../route.ts";

/**
 * Refuses bodies of more than so many bytes. One whose length is not told (chunks, or a DELETE without any) is read here:
 * Hono's own limit would copy the request, and one of Node's server is none that `Request` can copy.
 * @throws API_BODY_TOO_LARGE
 */
export function bodyLimit(limit: number): MiddlewareHandler<Env> {
  return async (call, next) => {
    const { raw } = call.req;
    const length = call.req.header("content-length");
    const isTold = length !== undefined && call.req.header("transfer-encoding") === undefined;
    if (isTold && Number(length) > limit) throw failure("API_BODY_TOO_LARGE", { limit });
    if (!isTold && raw.body !== null) {
      const body = await readUpTo(limit, raw.body);
      const { url, method, headers, signal } = raw;
      call.req.raw = new Request(url, { method, headers, signal, ...(body.length > 0 && { body }) });
    }
    await next();
  };
}

async function readUpTo(limit: number, stream: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw failure("API_BODY_TOO_LARGE", { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
