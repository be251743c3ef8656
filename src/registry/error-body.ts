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
    const first: unknown = JSON.parse(text)?.errors?.[0];
    if (typeof first === "object" && first !== null && "code" in first) {
      const message = "message" in first && typeof first.message === "string" ? first.message : "";
      return { code: String(first.code), detail: printable(`${String(first.code)} ${message}`) };
    }
  } catch {
    // not every proxy in between speaks JSON: its text says as much
  }
  return { code: "", detail: printable(text) };
}

/** A registry's text goes to terminals and logs. */
function printable(text: string): string {
  return text
    .replace(/<[^>]*>/g, " ")
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
