import { failure, type SlipwayError } from "../../words/error.ts";

/**
 * The error for an answer that gives no file.
 * @param url as it may be shown
 * @param detail what the service says of the reason, or ""
 */
export function refusal(url: string, status: number, detail: string): SlipwayError {
  const reason = detail === "" ? `the answer was ${status}` : `the answer was ${status} (${detail})`;
  if (status === 401 || status === 403) return failure("DOWNLOAD_DENIED", { url, reason });
  if (status === 404 || status === 410) return failure("DOWNLOAD_MISSING", { url, reason });
  return failure("DOWNLOAD_FAILED", { url, reason }, { retryable: isPassing(status) });
}

/** Whether the same question may be answered later. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/** The error for a connection that broke or never was. */
export function connectionFailure(url: string, thrown: unknown): SlipwayError {
  const cause = firstOf(thrown);
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const words = wordsOf(cause);
  const reason = code === "" || words.includes(code) ? words : `${words} (${code})`;
  // Of an error of a library nothing is kept but its words: the request that it may hold has the secrets of the URL.
  return failure("DOWNLOAD_FAILED", { url, reason }, { cause: new Error(words), retryable: !isDistrust(code) });
}

/** Nobody has aborted anything here: so Azure's library calls it when the other side closes in the middle. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.name === "AbortError" ? "the connection was closed before all was there" : cause.message;
}

/** Of the attempts to connect to each address of a name, the first. */
function firstOf(thrown: unknown): unknown {
  return thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
}

/** A certificate that is not trusted stays so, and a port that speaks no TLS. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
function isDistrust(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|WRONG_VERSION_NUMBER|UND_ERR_INVALID_ARG/.test(code);
}
