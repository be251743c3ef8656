import { type Access, covers, formatScope } from "./access.ts";
import type { Action, Auth, Rights } from "./options.ts";
import { Problem } from "./problem.ts";
import type { Tokens } from "./tokens.ts";

/** Who asks. Without a user: anybody. */
export interface Caller {
  readonly user: string | undefined;
}

/** The `service` that tokens are for. */
export const SERVICE = "slipway-test-registry";

/**
 * Lets a request pass or not.
 * @param realm where tokens are to be had
 * @throws UNAUTHORIZED with a challenge, DENIED
 */
export function guard(
  auth: Auth,
  tokens: Tokens,
  realm: string,
  authorization: string | undefined,
  needed: readonly Access[],
): void {
  if (auth.kind === "basic") guardBasic(auth, authorization, needed);
  if (auth.kind === "token") guardToken(tokens, { realm, service: auth.service ?? SERVICE }, authorization, needed);
}

/** Where tokens are to be had, and for what. */
interface TokenServer {
  readonly realm: string;
  readonly service: string;
}

function guardToken(
  tokens: Tokens,
  server: TokenServer,
  authorization: string | undefined,
  needed: readonly Access[],
): void {
  const [, token] = /^Bearer (.+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) throw challenge(server, needed, undefined);
  const claims = tokens.read(token, "access");
  if (claims === undefined) throw challenge(server, needed, "invalid_token");
  if (!needed.every((access) => covers(claims.access, access))) throw challenge(server, needed, "insufficient_scope");
}

function challenge({ realm, service }: TokenServer, needed: readonly Access[], error: string | undefined): Problem {
  const parts = [
    `realm="${realm}"`,
    `service="${service}"`,
    ...(needed.length > 0 ? [`scope="${needed.map(formatScope).join(" ")}"`] : []),
    ...(error === undefined ? [] : [`error="${error}"`]),
  ];
  const headers = { "www-authenticate": `Bearer ${parts.join(",")}` };
  return new Problem(401, "UNAUTHORIZED", "authentication required", headers);
}

function guardBasic(auth: Rights, authorization: string | undefined, needed: readonly Access[]): void {
  const caller = basicUser(auth, authorization);
  const refusal = new Problem(401, "UNAUTHORIZED", "authentication required", {
    "www-authenticate": `Basic realm="${SERVICE}"`,
  });
  if (caller === "wrong") throw refusal;
  const denied = needed.find(({ name, actions }) => !actions.every((action) => grants(auth, caller, name, action)));
  if (denied === undefined && (needed.length > 0 || caller.user !== undefined)) return;
  if (caller.user === undefined) throw refusal;
  throw new Problem(403, "DENIED", `${caller.user} may not do this`);
}

/** The user of a Basic header; nobody where there is none; wrong where the password is. */
export function basicUser(auth: Rights, authorization: string | undefined): Caller | "wrong" {
  if (authorization === undefined) return { user: undefined };
  const [, encoded] = /^Basic (.+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return "wrong";
  const [user = "", ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return auth.users[user] === password.join(":") ? { user } : "wrong";
}

export function grants(auth: Rights, caller: Caller, repository: string, action: Action): boolean {
  return auth.allow?.(caller.user, repository, action) ?? caller.user !== undefined;
}
