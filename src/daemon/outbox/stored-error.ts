import type { StoredError } from "../../store/records.ts";
import type { SlipwayError } from "../../words/error.ts";

/** An error as the store keeps it. */
export function storedError({ code, facts, side, retryable }: SlipwayError): StoredError {
  return { code, facts, ...(side !== undefined && { side }), retryable };
}
