import type { components } from "@octokit/openapi-types";

type ValidationError = NonNullable<components["schemas"]["validation-error"]["errors"]>[number];

export interface ProblemDetails {
  /** What is wrong with which field. GitHub writes some as mere text. */
  readonly errors?: readonly (ValidationError | string)[];
  readonly headers?: Readonly<Record<string, string>>;
  /** After https://docs.github.com/rest; default: the page of the operation that was asked for. */
  readonly page?: string;
}

/** Why GitHub says no: becomes an answer with its JSON error body. */
export class Problem extends Error {
  readonly status: number;
  readonly details: ProblemDetails;

  constructor(status: number, message: string, details: ProblemDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

export function notFound(): Problem {
  return new Problem(404, "Not Found");
}

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
export function validationFailed(...errors: readonly (ValidationError | string)[]): Problem {
  return new Problem(422, "Validation Failed", { errors });
}

/** What is wrong with a release, in GitHub's words. */
export function invalidRelease(message: string, field?: string): ValidationError {
  return { resource: "Release", code: "custom", ...(field !== undefined && { field }), message };
}
