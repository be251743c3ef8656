import type { operations } from "@octokit/openapi-types";
import type { z } from "zod";
import type { GitHubRights } from "./options.ts";
import type { Reply } from "./reply.ts";
import type { View } from "./shapes.ts";

/** The operations that this GitHub has, by the names in GitHub's own description. */
export type OperationId =
  | "git/get-ref"
  | "git/get-tag"
  | "git/list-matching-refs"
  | "rate-limit/get"
  | "repos/check-immutable-releases"
  | "repos/create-release"
  | "repos/delete-release"
  | "repos/delete-release-asset"
  | "repos/generate-release-notes"
  | "repos/get"
  | "repos/get-latest-release"
  | "repos/get-release"
  | "repos/get-release-asset"
  | "repos/get-release-by-tag"
  | "repos/list-attestations"
  | "repos/list-release-assets"
  | "repos/list-releases"
  | "repos/update-release"
  | "repos/upload-release-asset";

type Empty = Readonly<Record<never, never>>;

/** The documented parameters of an operation's query and JSON body. */
type QueryOf<O extends OperationId> = operations[O] extends { parameters: { query?: infer Q } }
  ? NonNullable<Q>
  : Empty;
type BodyOf<O extends OperationId> = operations[O] extends {
  requestBody?: { content: { "application/json": infer B } };
}
  ? B
  : Empty;

type JsonOf<R> = R extends { content: { "application/json": infer B } } ? B : undefined;

/** What an operation answers when all is well. */
type ResultOf<O extends OperationId> = operations[O]["responses"] extends { 201: infer R }
  ? JsonOf<R>
  : operations[O]["responses"] extends { 200: infer R }
    ? JsonOf<R>
    : undefined;

/** A check for every documented parameter, and for no other: the compiler compares them with GitHub's description. */
type Checks<T> = { readonly [K in keyof Required<T>]: z.ZodType<T[K]> };

/** What a handler gets. */
export interface Call<O extends OperationId> extends View {
  readonly path: Readonly<Record<string, string>>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The whole body of an upload. */
  readonly bytes: Buffer;
  readonly mayWrite: boolean;
  /** A fault that the handler itself is to play. */
  readonly fault: "starter" | "wrong-bytes" | undefined;
}

/** What GitHub's description says of one operation, and what this GitHub does. */
export interface Operation<O extends OperationId> {
  readonly id: O;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** `/repos/{owner}/{repo}/…`; `{+name}` takes slashes, too. */
  readonly path: string;
  readonly at: "api" | "uploads";
  /** The page that its errors name, after https://docs.github.com/rest/ */
  readonly page: string;
  readonly needs: GitHubRights;
  /** As X-Accepted-GitHub-Permissions tells it. */
  readonly permission: string;
  readonly query: Checks<QueryOf<O>>;
  readonly body: Checks<BodyOf<O>>;
  readonly handle: (call: Call<O>) => Reply<ResultOf<O>>;
}

/** An operation whose types have served their purpose. */
export interface AnyOperation extends Omit<Operation<OperationId>, "query" | "body" | "handle"> {
  readonly query: Readonly<Record<string, z.ZodType>>;
  readonly body: Readonly<Record<string, z.ZodType>>;
  readonly handle: (call: AnyCall) => Reply<unknown>;
}

export interface AnyCall extends Omit<Call<OperationId>, "query" | "body"> {
  readonly query: unknown;
  readonly body: unknown;
}

/** The checks have made the query and the body what the handler's types say. */
export function operation<O extends OperationId>(definition: Operation<O>): AnyOperation {
  return { ...definition, handle: (call) => definition.handle(call as Call<O>) };
}
