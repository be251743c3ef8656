import type { ServerResponse } from "node:http";
import type { AnyOperation } from "./operation.ts";
import type { Problem } from "./problem.ts";
import type { Reply } from "./reply.ts";
import type { State } from "./state.ts";

const DOCUMENTATION = "https://docs.github.com/rest";
const RESET_SECONDS = 3600;

/** An answer that is ready to be written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = { "content-type": "application/json; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(body)) };
}

export function answerOf({ status, body, bytes, headers = {} }: Reply<unknown>): Answer {
  if (bytes !== undefined) return { status, headers, body: bytes };
  return body === undefined ? { status, headers, body: Buffer.alloc(0) } : jsonAnswer(status, body, headers);
}

export function answerOfProblem({ status, message, details }: Problem, operation: AnyOperation | undefined): Answer {
  const page = details.page ?? operation?.page ?? "";
  const body = {
    message,
    ...(details.errors !== undefined && { errors: details.errors }),
    documentation_url: page === "" ? DOCUMENTATION : `${DOCUMENTATION}/${page}`,
    status: String(status),
  };
  return jsonAnswer(status, body, details.headers);
}

/** GitHub's own pages for what broke are HTML. */
export function htmlAnswer(status: number, headers: Readonly<Record<string, string>> = {}, body?: string): Answer {
  const page = `<!DOCTYPE html><html><head><title>Unicorn! · GitHub</title></head><body>${status}</body></html>`;
  return { status, headers: { "content-type": "text/html", ...headers }, body: Buffer.from(body ?? page) };
}

/** What GitHub tells with every answer. */
export function commonHeaders(state: State, operation: AnyOperation | undefined): Readonly<Record<string, string>> {
  return {
    server: "github.com",
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": "0000:000000:0000000:0000000:00000000",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": String(state.requestsLeft),
    "x-ratelimit-used": String(5000 - state.requestsLeft),
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + RESET_SECONDS),
    "x-ratelimit-resource": "core",
    ...(operation !== undefined && { "x-accepted-github-permissions": operation.permission }),
    ...(state.scopes !== undefined && { "x-oauth-scopes": state.scopes.join(", ") }),
    ...(state.tokenExpires !== undefined && { "github-authentication-token-expiration": expiry(state.tokenExpires) }),
  };
}

/** `2022-08-14 08:15:54 UTC` */
function expiry(date: Date): string {
  return date
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
}

/** Writes it, or so much of its body and no more. */
export function write(response: ServerResponse, answer: Answer, most?: number): void {
  const hasBody = answer.status !== 204;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(hasBody && { "content-length": answer.body.byteLength }),
  });
  if (most === undefined) {
    response.end(hasBody ? answer.body : undefined);
    return;
  }
  response.write(answer.body.subarray(0, most), () => response.socket?.destroySoon());
}
