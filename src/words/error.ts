import { errors as english } from "./en/errors.ts";
import { fill, type Slots } from "./fill.ts";

/** A stable name that scripts may compare; the catalogue holds its message and hint in every language. */
export type ErrorCode = keyof typeof english;

/** The values that the message and the hint of a code speak of: one for each `{slot}`. */
export type Facts<C extends ErrorCode> = {
  readonly [S in Slots<(typeof english)[C]["message"]> | Slots<(typeof english)[C]["hint"]>]: string | number;
};

/** Which end of a copy an error happened on. */
export type Side = "source" | "destination";

export interface ErrorOptions {
  readonly cause?: unknown;
  /** True when the same call may succeed later with nothing changed. */
  readonly retryable?: boolean;
  readonly side?: Side;
}

/** What is kept of an error where it has to outlive a process. */
export interface KeptError {
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly side?: Side;
  readonly retryable: boolean;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(english, code);
}

/**
 * The one error that Slipway throws: what failed (`code` and `facts`), on which side, whether trying again can help,
 * and what made it fail (`cause`). `message` is English; `words.error` renders any language. Facts never hold secrets.
 */
export class SlipwayError extends Error {
  override readonly name = "SlipwayError";
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly retryable: boolean;
  readonly side: Side | undefined;

  private constructor(code: ErrorCode, facts: Readonly<Record<string, string | number>>, options: ErrorOptions) {
    super(fill(english[code].message, facts), { cause: options.cause });
    this.code = code;
    this.facts = facts;
    this.retryable = options.retryable ?? false;
    this.side = options.side;
  }

  /** Makes an error of `code`; the compiler asks for exactly the facts that its words need. */
  static of<C extends ErrorCode>(code: C, facts: Facts<C>, options: ErrorOptions = {}): SlipwayError {
    return new SlipwayError(code, facts, options);
  }

  /** An error that was kept by its code and facts, whole again; a code that is not known (any more) becomes UNEXPECTED. */
  static kept({ code, facts, side, retryable }: KeptError): SlipwayError {
    if (isErrorCode(code)) return new SlipwayError(code, facts, { side, retryable });
    return new SlipwayError("UNEXPECTED", { reason: code }, { side, retryable });
  }

  /** The same error, with the side added once by the composer of both. */
  on(side: Side): SlipwayError {
    if (this.side !== undefined) return this;
    return new SlipwayError(this.code, this.facts, { cause: this.cause, retryable: this.retryable, side });
  }
}

/** Makes a {@link SlipwayError}. `throw failure("BLOB_UNKNOWN", { host, repository, digest })` */
export const failure = SlipwayError.of;

/** Whatever was thrown, as a {@link SlipwayError}: unknown ones become `UNEXPECTED`, their cause kept. */
export function asFailure(thrown: unknown): SlipwayError {
  if (thrown instanceof SlipwayError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return failure("UNEXPECTED", { reason }, { cause: thrown });
}
