import type { Body, Sink } from "../../target/target.ts";
import { failure } from "../../words/error.ts";
import type { UploadRule } from "../hosts/rule.ts";
import { Pipe } from "../transport/pipe.ts";
import { keepNote } from "./notes.ts";
import { follow, inSession, type Session, type Upload, withDigest } from "./session.ts";

const OCTETS = { "content-type": "application/octet-stream" };

/**
 * Sends what a session lacks of its blob, and closes it: one PUT where it has nothing and the whole may go at once, else
 * PATCHes and an empty PUT.
 * @param afterCut an earlier request was cut: this one is not to meet a connection that is about to be
 */
export async function send(way: UploadRule, upload: Upload, session: Session, afterCut: boolean): Promise<void> {
  const { size } = upload.blob;
  const most = way.way === "chunks" ? way.bytes : size;
  const alone = afterCut || (way.way === "chunks" && way.alone === true);
  if (session.confirmed === 0 && size <= most) return close(upload, session, alone);
  const left = size - session.confirmed;
  if (left > most) await sendPieces(upload, session, most, alone);
  else if (left > 0) await sendPiece(upload, session, { length: left, open: restOf(upload, session) }, alone);
  return close(upload, session, alone);
}

/** What the session lacks is the body: nothing, where PATCHes have brought it all. */
async function close(upload: Upload, session: Session, alone: boolean): Promise<void> {
  const { host, blob } = upload;
  const length = blob.size - session.confirmed;
  const call = {
    ...inSession(upload),
    method: "PUT",
    path: withDigest(session.url, blob),
    lane: "upload",
    headers: OCTETS,
    body: length === 0 ? new Uint8Array(0) : { length, open: restOf(upload, session) },
    bytes: length,
    expect: [201, 202, 204],
    retry: false,
    alone,
  } as const;
  await host.call(call, async () => {});
}

interface Piece {
  readonly length: number;
  readonly open: Body;
}

/** One PATCH from where the session is. ECR answers 201 to it. */
async function sendPiece(upload: Upload, session: Session, piece: Piece, alone: boolean): Promise<void> {
  const first = session.confirmed;
  const call = {
    ...inSession(upload),
    method: "PATCH",
    path: session.url,
    lane: "upload",
    headers: { ...OCTETS, "content-range": `${first}-${first + piece.length - 1}` },
    body: piece,
    bytes: piece.length,
    expect: [201, 202, 204],
    retry: false,
    alone,
  } as const;
  await upload.host.call(call, async (answer) => follow(upload, session, answer));
  // not every Range that comes back is true: the offset is counted here
  session.confirmed = first + piece.length;
  await keepNote(upload, session);
}

/**
 * PATCHes of at most `most` bytes, one after the other. The body is read once and flows through them, so that nothing is
 * held in memory and the source is asked only once.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
 */
async function sendPieces(upload: Upload, session: Session, most: number, alone: boolean): Promise<void> {
  const { blob, signal } = upload;
  let open: OpenPiece | undefined;

  const take = async (chunk: Uint8Array): Promise<void> => {
    let rest = chunk;
    while (rest.byteLength > 0) {
      open ??= openPiece(upload, session, Math.min(most, blob.size - session.confirmed), alone);
      const part = rest.subarray(0, open.left);
      rest = rest.subarray(part.byteLength);
      open.left -= part.byteLength;
      await open.pipe.write(part);
      if (open.left > 0) continue;
      open.pipe.end();
      await open.answered;
      open = undefined;
    }
  };

  try {
    await restOf(upload, session)(take, signal === undefined ? {} : { signal });
  } catch (error) {
    open?.pipe.fail(error);
    // whichever end failed, its request knows why
    await open?.answered;
    throw error;
  }
}

/** A PATCH whose body is still being written. */
interface OpenPiece {
  readonly pipe: Pipe;
  readonly answered: Promise<void>;
  /** Bytes that it still takes. */
  left: number;
}

function openPiece(upload: Upload, session: Session, length: number, alone: boolean): OpenPiece {
  const pipe = new Pipe();
  const answered = sendPiece(upload, session, { length, open: pipe.body }, alone);
  answered.catch((error: unknown) => pipe.fail(error));
  return { pipe, answered, left: length };
}

/** The bytes that the session lacks. Counts what it is given. */
function restOf({ host, repository, blob, body }: Upload, session: Session): Body {
  const offset = session.confirmed;
  return async (sink: Sink, options = {}) => {
    let at = offset;
    const counted: Sink = (chunk) => {
      at += chunk.byteLength;
      session.given = Math.max(session.given, at);
      return sink(chunk);
    };
    await body(counted, offset === 0 ? options : { ...options, offset });
    if (at === blob.size) return;
    const reason = `${at} bytes instead of ${blob.size}`;
    throw failure("CONTENT_MISMATCH", { digest: blob.digest, target: `${host.name}/${repository}`, reason });
  };
}
