/** What an answer says of itself. `code` is empty where it does not speak the specification's JSON. */
export interface ErrorBody {
  readonly code: string;
  /** One printable line; empty where nothing was said. */
  readonly detail: string;
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes; token servers use it as well */
export function readErrorBody(body: Uint8Array): ErrorBody {
  const text = Buffer.from(body).toString("utf8");
  try {
    const errors: unknown = JSON.parse(text)?.errors;
    const told = Array.isArray(errors) ? errors.map(readError).filter((error) => error !== undefined) : [];
    // Docker's registry says UNKNOWN first, and then what is wrong
    const first = told.find(({ code }) => code !== "UNKNOWN") ?? told[0];
    if (first !== undefined) return first;
  } catch {
    // not every proxy in between speaks JSON: its text says as much
  }
  return { code: "", detail: printable(text) };
}

function readError(error: unknown): ErrorBody | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  const message = "message" in error && typeof error.message === "string" ? error.message : "";
  const detail = "detail" in error && typeof error.detail === "string" ? ` (${error.detail})` : "";
  return { code: String(error.code), detail: printable(`${String(error.code)} ${message}${detail}`) };
}

/** A registry's text goes to terminals and logs. */
function printable(text: string): string {
  return text
    .replace(/<[^>]*>/g, " ")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
