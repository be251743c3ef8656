import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listen } from "../registry/listen.ts";
import type { KeyPair } from "../servers/certificates.ts";

/** One request as it came. */
export interface Received {
  readonly method: string;
  /** With its query. */
  readonly path: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the receiver's rules make of it; a fault may answer something else. */
  readonly reply: Reply;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the message was taken. */
  readonly isTaken: boolean;
}

/** What goes wrong with a request, instead of its reply. */
export type ReceiverFault =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string;
    }
  /** Nothing is ever answered. */
  | { readonly kind: "hang" }
  | { readonly kind: "cut" };

/** A receiver of messages in this process, behind an address that is a secret. */
export interface Receiver extends AsyncDisposable {
  /** The address, with its token. */
  readonly url: string;
  readonly token: string;
  readonly secret: string | undefined;
  readonly requests: readonly Received[];
  /** The bodies of those that were taken. */
  readonly taken: readonly unknown[];
  /** Strikes the next so many requests. Default: all. */
  fail(fault: ReceiverFault, times?: number): void;
}

export interface ReceiverOptions {
  /** What messages have to be signed with. */
  readonly secret?: string | undefined;
  readonly tls?: KeyPair | undefined;
}

export type Asked = Omit<Received, "reply">;

export interface ReceiverRules {
  /** The path and query of the address. */
  readonly address: string;
  readonly token: string;
  readonly secret: string | undefined;
  readonly tls: KeyPair | undefined;
  /** What a request comes to by the vendor's documents. */
  judge(asked: Asked): Reply;
}

export async function startReceiver({ address, token, secret, tls, judge }: ReceiverRules): Promise<Receiver> {
  const listening = await listen(tls);
  const requests: Received[] = [];
  const faults: { readonly fault: ReceiverFault; left: number }[] = [];
  listening.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void answer(request, response);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const asked: Asked = {
      method: request.method ?? "",
      path: new URL(request.url ?? "/", listening.origin),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: (await buffer(request)).toString(),
    };
    const struck = faults.find(({ left }) => left > 0);
    const fault = struck?.fault;
    if (struck !== undefined) struck.left -= 1;
    const reply = judge(asked);
    requests.push({ ...asked, reply: fault === undefined ? reply : { ...reply, isTaken: false } });
    if (fault?.kind === "hang") return;
    if (fault?.kind === "cut") return request.socket.destroy();
    const { status, headers, body } = fault ?? reply;
    response.writeHead(status, headers).end(body);
  };
  return {
    url: listening.origin + address,
    token,
    secret,
    requests,
    get taken() {
      return requests.filter(({ reply }) => reply.isTaken).map(({ body }): unknown => JSON.parse(body));
    },
    fail: (fault, times = Number.POSITIVE_INFINITY) => {
      faults.push({ fault, left: times });
    },
    [Symbol.asyncDispose]: () => listening.close(),
  };
}

/** JSON, as most of them answer. */
export function json(isTaken: boolean, value: object, status = 200): Reply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value), isTaken };
}

/** A body that should be JSON; undefined where it is no object. */
export function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return fieldsOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** A text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
