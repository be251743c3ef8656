import type { Digest } from "../oci/digest.ts";
import type { Outcome, Subject } from "./outcome.ts";
import type { Plan } from "./plan.ts";

/** What happens while a run goes on, in the order it happens. Listeners must be quick and must not throw. */
export type CopyEvent =
  /** Looking: `done` of `total` images are known on both sides. */
  | { readonly kind: "surveying"; readonly done: number; readonly total: number }
  | { readonly kind: "planned"; readonly plan: Plan; readonly round: number }
  | ({ readonly kind: "started" } & Subject)
  /** A blob moves to a destination; `moved` of `size` bytes so far. It may fall back when an attempt starts again. */
  | {
      readonly kind: "moving";
      readonly destination: string;
      readonly digest: Digest;
      readonly moved: number;
      readonly size: number;
    }
  /** A blob has arrived: it was sent, mounted, or had been there. */
  | {
      readonly kind: "arrived";
      readonly destination: string;
      readonly digest: Digest;
      readonly size: number;
      readonly how: "written" | "mounted" | "present";
    }
  /** An attempt failed, and round `next` of `rounds` follows when all others of this one have ended. */
  | {
      readonly kind: "retrying";
      readonly outcome: Outcome & { readonly status: "failed" };
      readonly next: number;
      readonly rounds: number;
    }
  /** What became of it in the end. */
  | { readonly kind: "ended"; readonly outcome: Outcome };

export type Tell = (event: CopyEvent) => void;
