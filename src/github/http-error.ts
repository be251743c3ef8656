/** What Octokit throws for an answer that says no. https://github.com/octokit/request-error.js */
export interface HttpError extends Error {
  readonly status: number;
  readonly response: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data: unknown;
  };
}

/** Whether there was an answer at all: without one, Octokit says 500 by itself. */
export function isHttpError(thrown: unknown): thrown is HttpError {
  if (!(thrown instanceof Error) || !("status" in thrown) || !("response" in thrown)) return false;
  return typeof thrown.response === "object" && thrown.response !== null && "headers" in thrown.response;
}

export function headerOf({ response }: HttpError, name: string): string | undefined {
  return response.headers[name]?.toString();
}
