import type { Descriptor } from "../../oci/descriptor.ts";
import type { Body, PushBlobOptions, Pushed } from "../../target/target.ts";
import { asFailure, failure, type SlipwayError } from "../../words/error.ts";
import type { Scopes } from "../auth/scope.ts";
import { blobExists } from "../blobs.ts";
import type { Host } from "../host.ts";
import type { UploadRule } from "../hosts/rule.ts";
import { isProgress, retrying } from "../transport/retry.ts";
import { forgetNote, keepNote, takeNote } from "./notes.ts";
import { send } from "./send.ts";
import { mountOrOpen, offsetOf, openSession, type Session, type Upload } from "./session.ts";
import { refusesPieces, wayAfterCut, wayAfterRefusal } from "./way.ts";

/**
 * Sends a blob: mounted where another repository is known to hold it, else in the way that the host takes. What breaks
 * off goes on where the registry says it has got to, in this process or in the next; only tries without progress count.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs
 */
export function pushBlob(
  host: Host,
  repository: string,
  blob: Descriptor,
  body: Body,
  { mountFrom, signal = host.setup.signal }: PushBlobOptions,
): Promise<Pushed> {
  const scopes: Scopes = { [repository]: "push", ...(mountFrom !== undefined && { [mountFrom]: "pull" }) };
  const paced = host.setup.uploads?.slow(body) ?? body;
  const push = new Push({ host, repository, blob, body: paced, scopes, signal });
  return retrying((attempt) => push.attempt(attempt === 1 ? mountFrom : undefined), {
    policy: host.retry,
    progressed: (error) => push.progressed(error),
    hopeless: () => push.isHopeless,
    ...(signal !== undefined && { signal }),
    onRetry: (error, attempt) => {
      const operation = `PUT /v2/${repository}/blobs/${blob.digest}`;
      host.tell({ kind: "retrying", host: host.name, operation, error, attempt });
    },
  });
}

/** What ends a connection, or makes us end it. */
const CUTS: readonly string[] = ["CONNECTION_LOST", "TIMED_OUT", "TOO_SLOW"];

/** The tries to send one blob, and what one leaves to the next. */
class Push {
  readonly #upload: Upload;
  /** Half-written, to go on with. */
  #session: Session | undefined;
  /** Whether an earlier request has written to the session. */
  #isGoingOn = false;
  #wasCut = false;
  /** Where the registry would take no piece, whatever it said before. */
  #refusedAt: number | undefined;
  #furthest = 0;
  #mismatches = 0;

  constructor(upload: Upload) {
    this.#upload = upload;
  }

  /** Bytes that are wrong twice are wrong at the source. */
  get isHopeless(): boolean {
    return this.#mismatches > 1;
  }

  /** Whether the registry has confirmed more than at any time before. */
  progressed(error: SlipwayError): boolean {
    const confirmed = this.#session?.confirmed ?? 0;
    const isFurther = isProgress(confirmed - this.#furthest, error);
    if (isFurther) this.#furthest = confirmed;
    return isFurther;
  }

  async attempt(mountFrom: string | undefined): Promise<Pushed> {
    const { host } = this.#upload;
    const session = mountFrom === undefined ? await this.#begin() : await mountOrOpen(this.#upload, mountFrom);
    if (session === "mounted") return "mounted";
    if (session !== "there") await this.#send(host.upload, session);
    await forgetNote(this.#upload);
    return "written";
  }

  /** Finds where to go on, or that all has arrived already; else begins anew. */
  async #begin(): Promise<Session | "there"> {
    const { host, repository, blob } = this.#upload;
    this.#isGoingOn = false;
    this.#session ??= await takeNote(this.#upload);
    const left = this.#session;
    if (left === undefined) return openSession(this.#upload);
    // the answer may have been lost, and nothing else
    if (left.given === blob.size && (await blobExists(host, repository, blob))) return "there";
    if (host.upload.way === "only-whole") return openSession(this.#upload);
    const offset = await offsetOf(this.#upload, left);
    if (offset === undefined && this.#wasCut) host.upload = wayAfterCut(host.upload, left.given - left.confirmed);
    if (offset === undefined || offset === 0 || offset === this.#refusedAt) return openSession(this.#upload);
    this.#isGoingOn = true;
    return Object.assign(left, { confirmed: offset, given: offset });
  }

  /** Where the way is refused, another is tried at once; only a way that has worked is remembered. */
  async #send(way: UploadRule, session: Session): Promise<void> {
    const { host, blob } = this.#upload;
    this.#session = session;
    await keepNote(this.#upload, session);
    try {
      await send(way, this.#upload, session, this.#wasCut);
    } catch (thrown) {
      const error = asFailure(thrown);
      const other = session.confirmed === 0 ? wayAfterRefusal(way, blob, error) : undefined;
      if (other === undefined) throw await this.#judged(error, session);
      await this.#send(other, await openSession(this.#upload));
      if (host.upload === way) host.upload = other;
    }
  }

  /** What a failure means for the next try: where it was about the session, another one may fare better. */
  async #judged(error: SlipwayError, session: Session): Promise<SlipwayError> {
    const { host, blob } = this.#upload;
    const { status } = error.facts;
    const isOurs = error.side !== "source";
    this.#wasCut = isOurs && CUTS.includes(error.code);
    const isMismatch = error.code === "CONTENT_MISMATCH";
    if (isMismatch) this.#mismatches += 1;
    const isRefused = isOurs && refusesPieces(error) && session.confirmed > 0;
    if (isRefused) this.#refusedAt = session.confirmed;
    // bytes of two processes, or of a request that was still being written, do not always join
    const isSpoilt = isOurs && status === 400 && this.#isGoingOn;
    if (isMismatch || isSpoilt) {
      this.#session = undefined;
      await forgetNote(this.#upload);
    }
    if (!isRefused && !isSpoilt && !(isOurs && status === 404)) return error;
    const detail = error.facts.detail ?? error.code;
    return failure("UPLOAD_LOST", { host: host.name, digest: blob.digest, detail }, { cause: error, retryable: true });
  }
}
