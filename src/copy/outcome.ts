import type { Digest } from "../oci/digest.ts";
import type { SlipwayError } from "../words/error.ts";
import type { Adapted } from "./adapt/adapted.ts";

/** What became of one source image at one destination. */
export type Outcome = Subject & Counts & Ending;

export interface Subject {
  /** `docker.io/library/busybox:1.36` */
  readonly source: string;
  readonly destination: string;
}

/** Bytes. Over all outcomes of a run, `bytesRead` adds up to what was really read from sources. */
export interface Counts {
  readonly attempts: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly bytesMounted: number;
  /** Of blobs that were there already. */
  readonly bytesSkipped: number;
}

export type Ending =
  | { readonly status: "copied"; readonly digest: Digest; readonly adapted?: Adapted }
  /** Its tag was taken away, because no rule wants it at the destination. */
  | { readonly status: "removed"; readonly digest: Digest }
  | {
      readonly status: "skipped";
      readonly reason: SkipReason;
      readonly digest?: Digest;
      /** It has what an earlier run made of the image. */
      readonly adapted?: Adapted;
    }
  | { readonly status: "failed"; readonly error: SlipwayError; readonly digest?: Digest };

/** Words for each are in the catalogue, under `skip.<reason>`. */
export type SkipReason =
  /** The destination has this digest under this tag. */
  | "in-step"
  /** The image is for none of the platforms asked for. */
  | "platform"
  /** The tag was to be taken away, but is not what it was when the plan was made. */
  | "moved"
  /** The tag was to be taken away, but an image for its repository failed. */
  | "withheld";

export const NO_COUNTS: Counts = { attempts: 1, bytesRead: 0, bytesWritten: 0, bytesMounted: 0, bytesSkipped: 0 };
