import type { Answer } from "./answer.ts";

/** The codes of the specification. https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export type ProblemCode =
  | "BLOB_UNKNOWN"
  | "BLOB_UPLOAD_INVALID"
  | "BLOB_UPLOAD_UNKNOWN"
  | "DIGEST_INVALID"
  | "MANIFEST_BLOB_UNKNOWN"
  | "MANIFEST_INVALID"
  | "MANIFEST_UNKNOWN"
  | "NAME_INVALID"
  | "NAME_UNKNOWN"
  | "SIZE_INVALID"
  | "UNAUTHORIZED"
  | "DENIED"
  | "UNSUPPORTED"
  /** Not in the specification; Docker's registry says these. */
  | "TOOMANYREQUESTS"
  | "RANGE_INVALID"
  | "PAGINATION_NUMBER_INVALID"
  /** Harbor's. */
  | "PRECONDITION";

/** Why a registry says no: becomes an answer with an error body. */
export class Problem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: ProblemCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  answer(): Answer {
    const body = JSON.stringify({ errors: [{ code: this.code, message: this.message, detail: {} }] });
    return {
      status: this.status,
      headers: { "content-type": "application/json; charset=utf-8", ...this.headers },
      body: Buffer.from(body),
    };
  }
}
