import { getCookie } from "hono/cookie";
import type { Role } from "../../../store/records.ts";
import { failure } from "../../../words/error.ts";
import type { Control } from "../../control.ts";
import type { Attempts } from "../../tokens/attempts.ts";
import { type Identity, identify } from "../../tokens/identity.ts";
import type { Sessions } from "../../tokens/sessions.ts";
import type { Call } from "../route.ts";
import { isOwnPage } from "./origin.ts";

export const COOKIE = "slipway_session";

/** What tells who somebody is. */
export interface Doors {
  readonly control: Control;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
}

/**
 * Who asks: a program by `Authorization: Bearer`, or a person by the cookie of a login. What changes something and comes
 * with a cookie has to come from a page of this daemon.
 * @throws API_TOKEN_REQUIRED, API_TOKEN_WRONG, API_ROLE_INSUFFICIENT, API_ORIGIN_FOREIGN, API_ATTEMPTS_EXCEEDED
 */
export async function admit(doors: Doors, call: Call, access: Role): Promise<Identity> {
  const bearer = bearerOf(call);
  const identity = bearer === undefined ? await loggedIn(doors, call) : await tokenHolder(doors, call, bearer);
  if (bearer === undefined && !isSafe(call.req.method)) requireOwnPage(doors.control, call);
  if (access === "operator" && identity.role !== "operator") {
    throw failure("API_ROLE_INSUFFICIENT", { name: identity.name });
  }
  return identity;
}

/** @throws API_ORIGIN_FOREIGN */
export function requireOwnPage(control: Control, call: Call): void {
  const { url } = control.inForce().serve;
  const header = (name: string) => call.req.header(name);
  const provenance = { origin: header("origin"), fetchSite: header("sec-fetch-site"), host: header("host") ?? "", url };
  if (!isOwnPage(provenance)) throw failure("API_ORIGIN_FOREIGN", {});
}

/** Where a request came from, to count its wrong tokens. */
export function clientOf(call: Call): string {
  return call.env?.incoming?.socket.remoteAddress ?? "";
}

/** The token of `Authorization: Bearer`; an empty one is one, too. */
function bearerOf(call: Call): string | undefined {
  const header = call.req.header("authorization");
  return header === undefined ? undefined : (/^Bearer\s+(\S+)\s*$/i.exec(header)?.[1] ?? "");
}

async function loggedIn({ control, sessions }: Doors, call: Call): Promise<Identity> {
  const cookie = getCookie(call, COOKIE);
  const identity = cookie === undefined ? undefined : await sessions.identify(cookie, control.now());
  if (identity === undefined) throw failure("API_TOKEN_REQUIRED", {});
  return identity;
}

/**
 * Wrong tokens are counted, but a right one always gets in: tokens are too long to be guessed, and a stranger behind the
 * same proxy must not be able to lock others out.
 */
async function tokenHolder({ control, attempts }: Doors, call: Call, token: string): Promise<Identity> {
  const now = control.now();
  const identity = await identify(control.store, token, now);
  if (identity !== undefined) return identity;
  const pause = attempts.pause(clientOf(call), now);
  if (pause > 0) throw failure("API_ATTEMPTS_EXCEEDED", { seconds: Math.ceil(pause / 1000) });
  attempts.failed(clientOf(call), now);
  throw failure("API_TOKEN_WRONG", {});
}

function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
