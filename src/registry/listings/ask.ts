import { failure, type SlipwayError } from "../../words/error.ts";
import { answerFailure } from "../answer-failure.ts";
import { parseChallenge } from "../auth/challenge.ts";
import { basicAuthorization } from "../auth/token.ts";
import type { Host } from "../host.ts";
import type { Sender } from "../sender.ts";
import type { Answer } from "../transport/exchange.ts";
import type { Listing, Page } from "./listing.ts";

export interface PageRequest {
  readonly listing: Listing;
  readonly repository: string;
  readonly url: URL;
}

const MAX_PAGE_BYTES = 16 * 1024 * 1024;
/** What a list saves is not worth a long wait: some networks let nobody through to where it is. */
const PAGE_MILLISECONDS = 15_000;

/** Not for us, or not there. */
const REFUSALS: readonly number[] = [401, 403, 404];

/**
 * One page of a list, asked for once: a question that only saves others is not worth trying again. What goes wrong is
 * not held against the host or the credential.
 * @returns undefined where the repository is not listed for us
 * @throws a failure for every other answer, and for one that is not as its API is documented
 */
export async function askPage(host: Host, sender: Sender, asked: PageRequest): Promise<Page | undefined> {
  const page = await askOnce(host, sender, asked);
  const answered = page === LOGIN_LEARNT ? await askOnce(host, sender, asked) : page;
  return answered === LOGIN_LEARNT ? undefined : answered;
}

const LOGIN_LEARNT = Symbol("ask again with a token");

async function askOnce(
  { setup, authorizer }: Host,
  sender: Sender,
  { listing, repository, url }: PageRequest,
): Promise<Page | typeof LOGIN_LEARNT | undefined> {
  const authorization = await authorizationFor(listing, repository, authorizer);
  const signals = [AbortSignal.timeout(PAGE_MILLISECONDS), ...(setup.signal === undefined ? [] : [setup.signal])];
  const request = {
    method: "GET",
    url,
    headers: { accept: "application/json", ...(authorization !== undefined && { authorization }) },
    signal: AbortSignal.any(signals),
  } as const;
  return sender.inLane("question", request, listing.at !== undefined, async (answer) => {
    const challenge = parseChallenge(answer.header("www-authenticate"));
    const isFirst = answer.status === 401 && listing.as === "token" && authorization === undefined;
    if (isFirst && (await authorizer.challenged(challenge, undefined, repository))) return LOGIN_LEARNT;
    if (REFUSALS.includes(answer.status)) return undefined;
    if (answer.status === 200) return read(answer, { listing, repository, url });
    throw await answerFailure(answer, { host: url.host, operation: operationOf(url), repository, origin: listing.as });
  });
}

async function authorizationFor(
  { as }: Listing,
  repository: string,
  authorizer: Host["authorizer"],
): Promise<string | undefined> {
  if (as === "nobody") return undefined;
  if (as === "token") return authorizer.authorization(repository, { [repository]: "metadata" });
  const credential = await authorizer.credential(repository);
  return credential.kind === "basic" ? basicAuthorization(credential) : undefined;
}

async function read(answer: Answer, { listing, repository, url }: PageRequest): Promise<Page> {
  try {
    const json: unknown = JSON.parse((await answer.bytes(MAX_PAGE_BYTES)).toString("utf8"));
    return listing.read({ repository, url, json, header: (name) => answer.header(name) });
  } catch (thrown) {
    throw invalidPage(url, thrown instanceof Error ? thrown.message : "it cannot be read", thrown);
  }
}

export function invalidPage(url: URL, reason: string, cause?: unknown): SlipwayError {
  return failure("ANSWER_INVALID", { host: url.host, operation: operationOf(url), reason }, { cause });
}

function operationOf(url: URL): string {
  return `GET ${url.pathname}`;
}
