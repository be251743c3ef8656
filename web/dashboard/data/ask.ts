import type { ErrorShape } from "../../../src/daemon/api/shapes.ts";
import type { Language } from "../../shared/words.ts";

/** What the daemon refuses, or that it is not there (`status` 0). */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  /** Left out where the answer was none of the API. */
  readonly error: ErrorShape | undefined;

  constructor(status: number, error?: ErrorShape) {
    super(error?.message ?? `HTTP ${status}`);
    this.status = status;
    this.error = error;
  }
}

export interface Question {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Asks the API on behalf of a component. @throws Refused */
export type Ask = <Answer>(path: string, question?: Question) => Promise<Answer>;

/**
 * Asks the API, on the page's own origin. What comes back is taken at its word: it is of the same release as the page.
 * @param path `mirrors/app/tags?after=x`, from `api/v1/` on
 * @throws Refused
 */
export async function ask<Answer>(path: string, question: Question & { readonly language: Language }): Promise<Answer> {
  const { language, method = "GET", body, signal } = question;
  const response = await fetch(`./api/v1/${path}`, {
    method,
    headers: {
      "Accept-Language": language,
      ...(body !== undefined && { "Content-Type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new Refused(0);
  });
  if (!response.ok) throw new Refused(response.status, await errorOf(response));
  return response.status === 204 ? (undefined as Answer) : ((await response.json()) as Answer);
}

async function errorOf(response: Response): Promise<ErrorShape | undefined> {
  try {
    return (await response.json()) as ErrorShape;
  } catch {
    return undefined; // A proxy in between answers in its own way.
  }
}
