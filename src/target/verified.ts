import type { Hash } from "node:crypto";
import type { Descriptor } from "../oci/descriptor.ts";
import { hasherFor } from "../oci/digest.ts";
import { failure, type SlipwayError } from "../words/error.ts";
import type { Body, ReadOptions, Sink } from "./target.ts";

/**
 * A body that checks size and digest while it flows. The last chunk is given on only when the whole is known to be right,
 * so a receiver can never complete wrong content; a body that runs longer than its descriptor stops at the first byte
 * too many.
 *
 * A read from an offset goes on with the check of the read before, if that one got so far: what is new is added. A read
 * from the beginning starts a check of its own, and so does every reader where there are several at once. Where nobody
 * has read up to the offset the bytes pass unchecked, and whoever joins the parts checks the whole.
 * @throws CONTENT_MISMATCH, retryable once: the fault may have been on the way
 */
export function verified(target: string, blob: Descriptor, body: Body): Body {
  let before: ContentCheck | undefined;
  return async (sink: Sink, options: ReadOptions = {}) => {
    let at = options.offset ?? 0;
    const check = at === 0 ? new ContentCheck(target, blob) : before;
    if (check === undefined || check.size < at) return body(sink, options);
    before = undefined;
    try {
      await body((chunk) => {
        const known = Math.min(check.size - at, chunk.byteLength);
        at += chunk.byteLength;
        check.add(known === 0 ? chunk : chunk.subarray(known));
        if (check.isComplete) check.finish();
        return sink(chunk);
      }, options);
      check.finish();
    } finally {
      if (!check.isWrong) before = check;
    }
  };
}

/** Compares bytes, as they come, with the descriptor that promised them. */
export class ContentCheck {
  readonly #target: string;
  readonly #blob: Descriptor;
  readonly #hash: Hash;
  #size = 0;
  #state: "open" | "right" | "wrong" = "open";

  /** @param target what the bytes come from, for errors */
  constructor(target: string, blob: Descriptor) {
    this.#target = target;
    this.#blob = blob;
    this.#hash = hasherFor(blob.digest);
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Whether all bytes that were announced are here. */
  get isComplete(): boolean {
    return this.#size === this.#blob.size;
  }

  /** Whether it has found the content wrong. */
  get isWrong(): boolean {
    return this.#state === "wrong";
  }

  /** @throws CONTENT_MISMATCH at the first byte too many */
  add(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.#size += chunk.byteLength;
    if (this.#size > this.#blob.size) {
      throw this.#refuse(`more than the ${this.#blob.size} bytes that were announced`);
    }
    this.#hash.update(chunk);
  }

  /** Call it after the last chunk; more often changes nothing. @throws CONTENT_MISMATCH */
  finish(): void {
    if (this.#state === "right") return;
    if (!this.isComplete) throw this.#refuse(`${this.#size} bytes instead of ${this.#blob.size}`);
    const actual = this.#hash.digest("hex");
    if (!this.#blob.digest.endsWith(`:${actual}`)) throw this.#refuse(`they hash to ${actual}`);
    this.#state = "right";
  }

  /** The error that this content is wrong. */
  mismatch(reason: string): SlipwayError {
    return failure(
      "CONTENT_MISMATCH",
      { digest: this.#blob.digest, target: this.#target, reason },
      { retryable: true },
    );
  }

  #refuse(reason: string): SlipwayError {
    this.#state = "wrong";
    return this.mismatch(reason);
  }
}
