import { asFailure, type ErrorCode } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";

/** What one check found. */
export interface Finding {
  /** The stable name of the check. */
  readonly check:
    | "node"
    | "config"
    | "cache"
    | "room"
    | "helper"
    | "login"
    | "registry"
    | "clock"
    | "source"
    | "destination"
    | "push"
    | "credential"
    | "capabilities"
    | "git"
    | "builder"
    | "context"
    | "package"
    | "version"
    | "tags"
    | "github"
    | "notes"
    | "assets";
  /** A warning is for a later day: nothing fails for it yet. */
  readonly level: "ok" | "warning" | "failed";
  readonly text: string;
  /** Of what is wrong, where it is an error that a run would give, too. */
  readonly code?: ErrorCode;
  /** What to do about it. */
  readonly hint?: string;
}

/** A check that found all well. */
export function fine(check: Finding["check"], text: string): Finding {
  return { check, level: "ok", text };
}

/** Something for a later day, or that may be meant so. */
export function warned(check: Finding["check"], text: string, hint: string): Finding {
  return { check, level: "warning", text, hint };
}

/** An error that stops nothing yet. */
export function tolerated(check: Finding["check"], thrown: unknown, words: Words): Finding {
  return { ...failed(check, thrown, words), level: "warning" };
}

/** A check that threw: its error is the finding. */
export function failed(check: Finding["check"], thrown: unknown, words: Words): Finding {
  const error = asFailure(thrown);
  const { message, hint } = words.error(error);
  return { check, level: "failed", text: message, code: error.code, hint };
}
