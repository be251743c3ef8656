import { randomUUID } from "node:crypto";
import { demand, type Handler, json } from "./service.ts";
import { ISSUER } from "./state.ts";

const FIVE_MINUTES = 300;

/**
 * The runner's token service and the issuer's published keys.
 * https://docs.github.com/actions/reference/security/oidc https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export const githubIssuer: Handler = (state, { url, method, headers }) => {
  demand(method === "GET", `${method} is not GET`);
  if (url.pathname === "/.well-known/jwks") return json(200, { keys: state.github.keys });
  if (url.pathname === "/.well-known/openid-configuration") {
    return json(200, { issuer: ISSUER, jwks_uri: `${ISSUER}/.well-known/jwks` });
  }
  demand(url.pathname === "/token" && url.searchParams.get("api-version") === "2.0", "the address was changed");
  if (headers.authorization?.toLowerCase() !== `bearer ${state.requestToken}`)
    return json(401, { message: "Unauthorized" });
  const now = Math.floor(state.now / 1000);
  const value = state.github.sign({
    iss: ISSUER,
    sub: state.subject,
    aud: url.searchParams.get("audience") ?? "https://github.com/acme",
    jti: randomUUID(),
    repository: "acme/app",
    iat: now,
    nbf: now - FIVE_MINUTES,
    exp: now + FIVE_MINUTES,
  });
  state.issued.push(value);
  return json(200, { count: 1, value });
};
