import { asFailure, type ErrorCode } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";

/** What one check found. */
export interface Finding {
  /** The stable name of the check. */
  readonly check: "node" | "config" | "cache" | "helper" | "registry" | "clock" | "source" | "destination";
  readonly ok: boolean;
  readonly text: string;
  /** Of what is wrong, where it is an error that a run would give, too. */
  readonly code?: ErrorCode;
  /** What to do about it. */
  readonly hint?: string;
}

/** A check that threw: its error is the finding. */
export function failed(check: Finding["check"], thrown: unknown, words: Words): Finding {
  const error = asFailure(thrown);
  const { message, hint } = words.error(error);
  return { check, ok: false, text: message, code: error.code, hint };
}
