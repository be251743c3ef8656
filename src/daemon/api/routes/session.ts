import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import * as z from "zod";
import { failure } from "../../../words/error.ts";
import { type Identity, identify } from "../../tokens/identity.ts";
import { SESSION_AGE } from "../../tokens/sessions.ts";
import { COOKIE, clientOf, requireOwnPage } from "../guard/access.ts";
import { session } from "../openapi/schemas.ts";
import { bodyOf, type Call, identityOf, type Route } from "../route.ts";
import type { SessionShape } from "../shapes.ts";
import type { Api } from "./api.ts";

const loginBody = z.strictObject({ token: z.string().max(1000) });

export const sessionRoutes: readonly Route[] = [
  {
    method: "get",
    path: "/api/v1/session",
    access: "reader",
    about: "Who is logged in",
    answers: { 200: { about: "The token's name and role", schema: session } },
    handle: (_api, call) => call.json(identityOf(call) satisfies SessionShape),
  },
  {
    method: "post",
    path: "/api/v1/session",
    access: "anyone",
    about: "Logs in: a cookie stands for the token from then on",
    body: loginBody,
    answers: { 200: { about: "Who is logged in now", schema: session } },
    handle: async (api, call) => {
      requireOwnPage(api.control, call);
      const { token } = await bodyOf(call, loginBody);
      return call.json((await logIn(api, call, token)) satisfies SessionShape);
    },
  },
  {
    method: "delete",
    path: "/api/v1/session",
    access: "anyone",
    about: "Logs out",
    answers: { 204: { about: "Nobody is logged in" } },
    handle: (api, call) => {
      requireOwnPage(api.control, call);
      const cookie = getCookie(call, COOKIE);
      if (cookie !== undefined) api.sessions.end(cookie);
      deleteCookie(call, COOKIE, { path: "/" });
      return call.body(null, 204);
    },
  },
];

/**
 * Takes a token for a cookie that no script can read and no other site's page sends. After ten wrong ones, a client has
 * to wait.
 * @throws API_TOKEN_WRONG, API_ATTEMPTS_EXCEEDED
 */
export async function logIn({ control, sessions, attempts }: Api, call: Call, token: string): Promise<Identity> {
  const now = control.now();
  const client = `login ${clientOf(call)}`;
  const pause = attempts.pause(client, now);
  if (pause > 0) throw failure("API_ATTEMPTS_EXCEEDED", { seconds: Math.ceil(pause / 1000) });
  const identity = await identify(control.store, token.trim(), now);
  if (identity === undefined) {
    attempts.failed(client, now);
    throw failure("API_TOKEN_WRONG", {});
  }
  const cookie = await sessions.begin(identity.name, now);
  const secure = isOverTls(control.inForce().serve.url, call);
  setCookie(call, COOKIE, cookie, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure,
    maxAge: SESSION_AGE / 1000,
  });
  return identity;
}

/** Whether people come by HTTPS: a proxy in front ends it, and `serve.url` tells. */
function isOverTls(url: string | undefined, call: Call): boolean {
  const own = url === undefined ? undefined : new URL(url);
  return own?.protocol === "https:" && own.host === call.req.header("host")?.toLowerCase();
}
