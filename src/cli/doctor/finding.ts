import { asFailure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";

/** What one check found. */
export interface Finding {
  /** The stable name of the check. */
  readonly check: "node" | "config" | "cache" | "helper" | "registry" | "clock" | "source" | "destination";
  readonly ok: boolean;
  readonly text: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** A check that threw: its error is the finding. */
export function failed(check: Finding["check"], thrown: unknown, words: Words): Finding {
  const { message, hint } = words.error(asFailure(thrown));
  return { check, ok: false, text: message, hint };
}
