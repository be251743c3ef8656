import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Addresses } from "./addresses.ts";
import { type Answer, answerOf, answerOfProblem, commonHeaders, htmlAnswer, jsonAnswer, write } from "./answer.ts";
import type { GitHubFault, GitHubFaults } from "./faults.ts";
import { checkHeaders, checkRights, primaryLimit, rightsOf, secondaryLimit, spendRequest } from "./guard.ts";
import { readBody, readQuery } from "./parameters.ts";
import { notFound, Problem } from "./problem.ts";
import type { GitHubRequests, OpenGitHubRequest } from "./requests.ts";
import { type Match, namedBy, route } from "./router.ts";
import type { State } from "./state.ts";

/** What does not belong to one request. */
export interface Server {
  readonly state: State;
  readonly addresses: Addresses;
  readonly requests: GitHubRequests;
  readonly violations: string[];
  readonly faults: GitHubFaults;
}

export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly at: "api" | "uploads";
  /** Without the base of the API; undefined where it is not below that. */
  readonly url: URL | undefined;
}

interface Exchange extends Arrival {
  readonly server: Server;
  readonly match: Match | undefined;
  readonly record: OpenGitHubRequest;
  readonly faults: readonly GitHubFault[];
}

/** One request from its arrival to its end: recorded, struck by faults, checked, handled, answered. Never rejects. */
export async function exchange(server: Server, arrival: Arrival): Promise<void> {
  const { request, response, at, url } = arrival;
  const method = request.method ?? "";
  const path = request.url ?? "";
  const match = url === undefined ? undefined : route(server.state, at, method, url.pathname);
  const operation = match?.operation.id;
  const record: OpenGitHubRequest = {
    method,
    path,
    at,
    operation,
    headers: request.headers,
    body: undefined,
    bytes: 0,
    status: 0,
  };
  server.requests.add(record);
  const faults = server.faults.strike({ operation, method, path });
  const { socket } = request;
  const left = new AbortController();
  response.once("close", () => left.abort());
  try {
    if (has(faults, "cut-before")) return void socket.destroy();
    const slow = faults.find((fault) => fault.kind === "slow");
    if (slow !== undefined) await sleep(slow.milliseconds, undefined, { signal: left.signal });
    const bytes = Buffer.concat(await Array.fromAsync<Buffer>(request.iterator({ destroyOnReturn: false })));
    record.bytes = bytes.byteLength;
    const answer = played(faults) ?? replaced(faults, handled({ ...arrival, server, match, record, faults }, bytes));
    record.status = answer.status;
    if (has(faults, "cut-after")) return void socket.destroy();
    const headers = { ...commonHeaders(server.state, match?.operation), ...answer.headers };
    write(response, { ...answer, headers }, faults.find((fault) => fault.kind === "cut-answer")?.afterBytes);
  } catch (thrown) {
    // a client that left in the middle is no fault of ours
    if (socket.destroyed || response.headersSent) return;
    response.writeHead(500).end(thrown instanceof Error ? thrown.stack : String(thrown));
  }
}

/** The answer of GitHub's rules. */
function handled({ server, match, record, faults, url, request, at }: Exchange, bytes: Buffer): Answer {
  const { state, addresses, violations } = server;
  const complain = (what: string) => violations.push(`${record.method} ${record.path}: ${what}`);
  try {
    if (match === undefined || url === undefined) {
      complain("there is no such operation");
      throw notFound();
    }
    const { operation, path } = match;
    const headers = singleHeaders(request);
    complaining(complain, () => checkHeaders(headers, operation));
    const rights = rightsOf(state, headers);
    // https://docs.github.com/en/rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user
    if (operation.id !== "rate-limit/get") spendRequest(state);
    const named = namedBy(match, state);
    if (named === "former") return moved(server, match, url, record.method);
    if (named === "other") throw notFound();
    checkRights(state, rights, headers, operation);
    const query = complaining(complain, () => readQuery(operation, url, complain));
    record.body = complaining(complain, () => (at === "api" ? readBody(operation, bytes) : undefined));
    const mayWrite = rights === "write" || rights === "admin";
    const fault = faults.map(({ kind }) => kind).find((kind) => kind === "starter" || kind === "wrong-bytes");
    const call = { state, addresses, path, query, body: record.body, headers, bytes, mayWrite, fault };
    return answerOf(operation.handle(call));
  } catch (thrown) {
    if (thrown instanceof Problem) return answerOfProblem(thrown, match?.operation);
    throw thrown;
  }
}

/** What the checks of a request's form refuse is a violation, too. */
function complaining<T>(complain: (what: string) => void, check: () => T): T {
  try {
    return check();
  } catch (thrown) {
    if (thrown instanceof Problem) complain(`${thrown.status} ${thrown.message}`);
    throw thrown;
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects */
function moved({ state, addresses }: Server, { path }: Match, url: URL, method: string): Answer {
  const rest = url.pathname.slice(`/repos/${path.owner}/${path.repo}`.length);
  const location = `${addresses.api}/repositories/${state.repositoryId}${rest}${url.search}`;
  const status = method === "GET" ? 301 : 307;
  return jsonAnswer(status, { message: "Moved Permanently", url: location }, { location });
}

/** The answer of a fault that keeps everything from being done. */
function played(faults: readonly GitHubFault[]): Answer | undefined {
  for (const fault of faults) {
    if (fault.kind === "status") return htmlAnswer(fault.status, fault.headers, fault.body);
    if (fault.kind === "secondary-limit") return answerOfProblem(secondaryLimit(fault.retryAfterSeconds), undefined);
    if (fault.kind !== "primary-limit") continue;
    const reset = String(Math.floor(Date.now() / 1000) + fault.resetsInSeconds);
    const { headers, ...answer } = answerOfProblem(primaryLimit(), undefined);
    return { ...answer, headers: { ...headers, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset } };
  }
  return undefined;
}

function replaced(faults: readonly GitHubFault[], answer: Answer): Answer {
  const fault = faults.find(({ kind }) => kind === "body");
  if (fault?.kind !== "body") return answer;
  const type = fault.contentType ?? answer.headers["content-type"] ?? "";
  return { ...answer, headers: { ...answer.headers, "content-type": type }, body: Buffer.from(fault.body) };
}

function has(faults: readonly GitHubFault[], kind: GitHubFault["kind"]): boolean {
  return faults.some((fault) => fault.kind === kind);
}

function singleHeaders({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
}
