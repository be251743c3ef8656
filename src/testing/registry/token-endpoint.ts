import { type Access, formatScope, parseScopes } from "./access.ts";
import { type Answer, type Incoming, json, readAll } from "./answer.ts";
import { unsupported } from "./checks.ts";
import { basicUser, type Caller, grants } from "./guard.ts";
import type { Auth } from "./options.ts";
import { Problem } from "./problem.ts";
import type { Tokens } from "./tokens.ts";

/** Who gets tokens, and for how long. */
export type TokenAuth = Pick<Extract<Auth, { kind: "token" }>, "users" | "allow" | "expiresInSeconds">;

const MAX_FORM_BYTES = 64 * 1024;
const REFRESH_DAYS = 30;

/**
 * GET: https://distribution.github.io/distribution/spec/auth/token/
 * POST: https://distribution.github.io/distribution/spec/auth/oauth/
 */
export async function tokenEndpoint(auth: TokenAuth, tokens: Tokens, incoming: Incoming): Promise<Answer> {
  if (incoming.method === "POST") return exchange(auth, tokens, incoming);
  if (incoming.method !== "GET") unsupported(incoming.method);
  const caller = basicUser(auth, incoming.headers.authorization);
  if (caller === "wrong") throw unauthorized();
  const query = incoming.url.searchParams;
  const offline = query.get("offline_token") === "true" && caller.user !== undefined;
  const token = accessToken(auth, tokens, caller, query.getAll("scope").join(" "));
  return json(200, {
    token: token.text,
    access_token: token.text,
    expires_in: auth.expiresInSeconds,
    issued_at: new Date().toISOString(),
    ...(offline && { refresh_token: refreshToken(tokens, caller) }),
  });
}

async function exchange(auth: TokenAuth, tokens: Tokens, incoming: Incoming): Promise<Answer> {
  const body = await readAll(incoming, MAX_FORM_BYTES);
  const form = new URLSearchParams(body?.toString());
  if (form.get("service") === null || form.get("client_id") === null) {
    return json(400, { error: "invalid_request", error_description: "service and client_id are required" });
  }
  const caller = callerOf(auth, tokens, form);
  if (caller === "unsupported") return json(400, { error: "unsupported_grant_type" });
  if (caller === "wrong") return json(401, { error: "invalid_grant" });
  const token = accessToken(auth, tokens, caller, form.get("scope") ?? "");
  const offline = form.get("access_type") === "offline" || form.get("grant_type") === "refresh_token";
  return json(200, {
    access_token: token.text,
    scope: token.access.map(formatScope).join(" "),
    expires_in: auth.expiresInSeconds,
    issued_at: new Date().toISOString(),
    ...(offline && { refresh_token: form.get("refresh_token") ?? refreshToken(tokens, caller) }),
  });
}

function callerOf(auth: TokenAuth, tokens: Tokens, form: URLSearchParams): Caller | "wrong" | "unsupported" {
  switch (form.get("grant_type")) {
    case "refresh_token": {
      const claims = tokens.read(form.get("refresh_token") ?? "", "refresh");
      return claims === undefined ? "wrong" : { user: claims.user };
    }
    case "password": {
      const user = form.get("username") ?? "";
      const password = form.get("password");
      return password !== null && auth.users[user] === password ? { user } : "wrong";
    }
    default:
      return "unsupported";
  }
}

/** A token for those of the asked rights that the caller has: fewer is no error, the registry will say so. */
function accessToken(
  auth: TokenAuth,
  tokens: Tokens,
  caller: Caller,
  scopes: string,
): { readonly text: string; readonly access: readonly Access[] } {
  const access = parseScopes(scopes.split(" ")).flatMap((asked): readonly Access[] => {
    const actions = asked.actions.filter((action) => grants(auth, caller, asked.name, action));
    return actions.length === 0 ? [] : [{ ...asked, actions }];
  });
  const expiresAt = Date.now() + auth.expiresInSeconds * 1000;
  return { text: tokens.issue({ use: "access", user: caller.user, access, expiresAt }), access };
}

function refreshToken(tokens: Tokens, caller: Caller): string {
  const expiresAt = Date.now() + REFRESH_DAYS * 24 * 60 * 60 * 1000;
  return tokens.issue({ use: "refresh", user: caller.user, access: [], expiresAt });
}

function unauthorized(): Problem {
  const headers = { "www-authenticate": 'Basic realm="token server"' };
  return new Problem(401, "UNAUTHORIZED", "incorrect username or password", headers);
}
