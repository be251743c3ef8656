import type { IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { type Listening, listen } from "../registry/listen.ts";
import type { CloudState } from "./state.ts";

export type ServiceName =
  | "github"
  | "microsoft"
  | "azure-registry"
  | "aliyun-sts"
  | "aliyun-registry"
  | "aws-sts"
  | "aws-registry"
  | "google-sts"
  | "google-iam";

export interface CloudRequest {
  readonly service: ServiceName;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface CloudAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (state: CloudState, request: CloudRequest) => CloudAnswer;

/** What was not asked as the vendor's pages say: remembered, and answered by what the vendor would say. */
export class Violation extends Error {}

export function json(status: number, value: unknown): CloudAnswer {
  return { status, body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

/** @throws Violation unless it holds */
export function demand(holds: boolean, what: string): void {
  if (!holds) throw new Violation(what);
}

/** The fields of a form. @throws Violation when it is none */
export function formOf({ headers, body, method }: CloudRequest): URLSearchParams {
  demand(method === "POST", `${method} is not POST`);
  const type = headers["content-type"] ?? "";
  demand(type.startsWith("application/x-www-form-urlencoded"), `the content type is ${type}`);
  return new URLSearchParams(body);
}

export async function serve(name: ServiceName, handler: Handler, state: CloudState): Promise<Listening> {
  const listening = await listen(undefined);
  listening.server.on("request", async (incoming, response) => {
    const url = new URL(incoming.url ?? "/", listening.origin);
    const body = await text(incoming).catch(() => "");
    const request = { service: name, method: incoming.method ?? "", url, headers: incoming.headers, body };
    state.requests.push(request);
    const struck = state.faults.strike(name);
    if (struck === "cut") return void incoming.socket.destroy();
    const answer = struck ?? handled(handler, state, request);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  return listening;
}

function handled(handler: Handler, state: CloudState, request: CloudRequest): CloudAnswer {
  try {
    return handler(state, request);
  } catch (thrown) {
    if (!(thrown instanceof Violation)) return { status: 500, body: String(thrown) };
    state.violations.push(`${request.service} ${request.method} ${request.url.pathname}: ${thrown.message}`);
    return { status: 400, body: "{}" };
  }
}
