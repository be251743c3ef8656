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
 * Only a read from the beginning can be checked; with an offset the bytes pass unchecked, and whoever joins the parts
 * checks the whole.
 * @throws CONTENT_MISMATCH, retryable once: the fault may have been on the way
 */
export function verified(target: string, blob: Descriptor, body: Body): Body {
  return async (sink: Sink, options: ReadOptions = {}) => {
    if ((options.offset ?? 0) > 0) return body(sink, options);
    const check = new ContentCheck(target, blob);
    await body((chunk) => {
      check.add(chunk);
      if (check.isComplete) check.finish();
      return sink(chunk);
    }, options);
    if (!check.isComplete || blob.size === 0) check.finish();
  };
}

/** Compares bytes, as they come, with the descriptor that promised them. */
export class ContentCheck {
  readonly #target: string;
  readonly #blob: Descriptor;
  readonly #hash: Hash;
  #size = 0;

  /** @param target what the bytes come from, for errors */
  constructor(target: string, blob: Descriptor) {
    this.#target = target;
    this.#blob = blob;
    this.#hash = hasherFor(blob.digest);
  }

  /** @throws CONTENT_MISMATCH at the first byte too many */
  add(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#blob.size) {
      throw this.mismatch(`more than the ${this.#blob.size} bytes that were announced`);
    }
    this.#hash.update(chunk);
  }

  /** Whether all bytes that were announced are here. */
  get isComplete(): boolean {
    return this.#size === this.#blob.size;
  }

  /** Call once, after the last chunk. @throws CONTENT_MISMATCH */
  finish(): void {
    if (this.#size !== this.#blob.size) throw this.mismatch(`${this.#size} bytes instead of ${this.#blob.size}`);
    const actual = this.#hash.digest("hex");
    if (!this.#blob.digest.endsWith(`:${actual}`)) throw this.mismatch(`they hash to ${actual}`);
  }

  /** The error that this content is wrong. */
  mismatch(reason: string): SlipwayError {
    return failure(
      "CONTENT_MISMATCH",
      { digest: this.#blob.digest, target: this.#target, reason },
      { retryable: true },
    );
  }
}
