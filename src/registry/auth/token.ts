import { failure } from "../../words/error.ts";
import type { Credential } from "../credentials/credential.ts";
import { readErrorBody } from "../error-body.ts";
import type { Answer, Request } from "../transport/exchange.ts";
import { type Scopes, scopeTexts } from "./scope.ts";

export interface Token {
  readonly text: string;
  /** Milliseconds since 1970; it is not used any more a little before. */
  readonly expires: number;
}

/** What a token server is asked. */
export interface TokenRequest {
  readonly host: string;
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scopes: Scopes;
  readonly credential: Credential;
}

/** Sends one request and hands its answer to `use`; retries and limits are the caller's. */
export type Send = <T>(request: Request, use: (answer: Answer) => Promise<T>) => Promise<T>;

const MAX_ANSWER = 1024 * 1024;
const CLIENT_ID = "slipway";

/**
 * Asks a token server for a token of these scopes: by GET with a password or as nobody, by POST with a refresh token.
 * Redirects are not followed: they would carry the credential elsewhere.
 * https://distribution.github.io/distribution/spec/auth/token/ and https://distribution.github.io/distribution/spec/auth/oauth/
 * @throws UNAUTHORIZED when the server does not accept the credential
 */
export async function fetchToken(ask: TokenRequest, send: Send): Promise<Token> {
  const asked = Date.now();
  return send(toRequest(ask), async (answer) => {
    const operation = `GET ${ask.realm.origin}${ask.realm.pathname}`;
    if (answer.status !== 200) {
      const body = await answer.bytes(MAX_ANSWER).catch(() => new Uint8Array(0));
      const detail = readErrorBody(body).detail || `answer ${answer.status}`;
      if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
        const facts = {
          host: ask.host,
          operation,
          origin: ask.credential.origin,
          detail,
        };
        throw failure("UNAUTHORIZED", facts);
      }
      const retryable = answer.status >= 500 || answer.status === 429;
      throw failure(
        "REGISTRY_ANSWER",
        { host: ask.realm.host, status: answer.status, operation, detail },
        { retryable },
      );
    }
    const body = await answer.bytes(MAX_ANSWER).catch((cause: unknown) => {
      if (!(cause instanceof RangeError)) throw cause;
      throw failure(
        "ANSWER_INVALID",
        { host: ask.realm.host, operation, reason: "it is longer than 1 MiB" },
        { cause },
      );
    });
    const token = readToken(body, asked);
    if (token === undefined) {
      throw failure("ANSWER_INVALID", { host: ask.realm.host, operation, reason: "it holds no token" });
    }
    return token;
  });
}

function toRequest({ realm, service, scopes, credential }: TokenRequest): Request {
  const url = new URL(realm);
  if (credential.kind === "refresh") {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: CLIENT_ID,
      refresh_token: credential.token,
    });
    if (service !== undefined) form.set("service", service);
    form.set("scope", scopeTexts(scopes).join(" "));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return { method: "POST", url, headers, body: Buffer.from(form.toString()) };
  }
  if (service !== undefined) url.searchParams.set("service", service);
  for (const scope of scopeTexts(scopes)) url.searchParams.append("scope", scope);
  url.searchParams.set("client_id", CLIENT_ID);
  if (credential.kind !== "basic") return { method: "GET", url, headers: {} };
  url.searchParams.set("account", credential.username);
  return { method: "GET", url, headers: { authorization: basicAuthorization(credential) } };
}

export function basicAuthorization(credential: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString("base64")}`;
}

/** Tokens are good for 60 s where the server does not say, and are renewed before the last quarter or 10 s of it. */
function readToken(body: Buffer, asked: number): Token | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const { token, access_token, expires_in } = json as Readonly<Record<string, unknown>>;
  const text = [token, access_token].find((value): value is string => typeof value === "string" && value !== "");
  if (text === undefined || /[^\x21-\x7e]/.test(text)) return undefined;
  const seconds = typeof expires_in === "number" && expires_in > 0 ? expires_in : 60;
  return { text, expires: asked + (seconds - Math.min(10, seconds / 4)) * 1000 };
}
