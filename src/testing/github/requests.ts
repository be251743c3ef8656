import type { IncomingHttpHeaders } from "node:http";
import type { OperationId } from "./operation.ts";

/** One request that GitHub saw. */
export interface GitHubRequest {
  readonly method: string;
  /** With the query, as it was asked for. */
  readonly path: string;
  readonly at: "api" | "uploads";
  /** What GitHub's description calls it; undefined where it knows no such thing. */
  readonly operation: OperationId | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What was parsed of a JSON body. */
  readonly body: unknown;
  /** Bytes of its body. */
  readonly bytes: number;
  /** 0 where there was no answer. */
  readonly status: number;
}

export type OpenGitHubRequest = { -readonly [Key in keyof GitHubRequest]: GitHubRequest[Key] };

/** All that was asked of GitHub, in order. */
export class GitHubRequests implements Iterable<GitHubRequest> {
  #list: GitHubRequest[] = [];

  [Symbol.iterator](): Iterator<GitHubRequest> {
    return this.#list[Symbol.iterator]();
  }

  get length(): number {
    return this.#list.length;
  }

  of(operation: OperationId): readonly GitHubRequest[] {
    return this.#list.filter((request) => request.operation === operation);
  }

  count(operation: OperationId): number {
    return this.of(operation).length;
  }

  /** Those that change something. */
  writes(): readonly GitHubRequest[] {
    return this.#list.filter(
      ({ method, operation }) => method !== "GET" && operation !== "repos/generate-release-notes",
    );
  }

  clear(): void {
    this.#list = [];
  }

  add(request: GitHubRequest): void {
    this.#list.push(request);
  }
}
