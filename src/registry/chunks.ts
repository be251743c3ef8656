import { Pipe } from "./transport/pipe.ts";
import { sessionUrl, type Upload, withDigest } from "./upload-session.ts";

/**
 * Sends a blob in PATCHes of at most `size` bytes, then closes with an empty PUT. The body is read once and flows through
 * one request after the other, so that nothing is held in memory and the digest is checked over the whole. ECR answers
 * 201 to a PATCH, and not every `Range` that comes back is true: the offset is counted here.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
 */
export async function sendChunks(upload: Upload, session: URL, size: number): Promise<void> {
  const { blob, signal } = upload;
  let url = session;
  let sent = 0;
  let part: Part | undefined;

  const take = async (chunk: Uint8Array): Promise<void> => {
    let rest = chunk;
    while (rest.byteLength > 0) {
      part ??= startPart(upload, url, sent, Math.min(size, blob.size - sent));
      const piece = rest.subarray(0, part.left);
      rest = rest.subarray(piece.byteLength);
      part.left -= piece.byteLength;
      sent += piece.byteLength;
      await write(part, piece);
      if (part.left === 0) {
        part.pipe.end();
        url = await part.answered;
        part = undefined;
      }
    }
  };

  try {
    await upload.body((chunk) => take(chunk), signal === undefined ? {} : { signal });
  } catch (error) {
    part?.pipe.fail(error);
    throw error;
  }
  const { host, repository, scopes } = upload;
  await host.call(
    {
      method: "PUT",
      path: withDigest(url, blob),
      repository,
      scopes,
      body: new Uint8Array(0),
      expect: [201, 202, 204],
      retry: false,
      ...(signal !== undefined && { signal }),
    },
    async () => {},
  );
}

interface Part {
  readonly pipe: Pipe;
  /** Where the upload goes on, once the registry has this part. */
  readonly answered: Promise<URL>;
  /** Bytes that this part still takes. */
  left: number;
}

/** Where the receiver is gone, what became of its request says why. */
async function write({ pipe, answered }: Part, piece: Uint8Array): Promise<void> {
  try {
    await Promise.race([pipe.write(piece), answered]);
  } catch (error) {
    await answered;
    throw error;
  }
}

function startPart({ host, repository, scopes, signal }: Upload, url: URL, start: number, length: number): Part {
  const pipe = new Pipe();
  const call = {
    method: "PATCH",
    path: url,
    repository,
    scopes,
    lane: "upload",
    headers: { "content-type": "application/octet-stream", "content-range": `${start}-${start + length - 1}` },
    body: { length, open: pipe.body },
    expect: [201, 202, 204],
    retry: false,
    ...(signal !== undefined && { signal }),
  } as const;
  const answered = host.call(call, async (answer) =>
    answer.header("location") === undefined ? url : sessionUrl(host, url.pathname, answer),
  );
  answered.catch(() => {});
  return { pipe, answered, left: length };
}
