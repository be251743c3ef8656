import { TokenSigner } from "./json-web-token.ts";
import { demand, formOf, type Handler, json } from "./service.ts";
import { type CloudState, judge, newSecret } from "./state.ts";

export const AZURE = {
  client: "11111111-1111-4111-8111-111111111111",
  tenant: "22222222-2222-4222-8222-222222222222",
} as const;
export const AZURE_USER = "00000000-0000-0000-0000-000000000000";

const ACCESS_TOKEN = "entra-access";
const THREE_HOURS = 3 * 60 * 60;

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential */
export const microsoft: Handler = (state, request) => {
  const form = formOf(request);
  demand(/^\/[^/]+\/oauth2\/v2\.0\/token$/.test(request.url.pathname), "the path");
  demand(form.get("grant_type") === "client_credentials", "grant_type");
  demand(form.get("scope") === "https://containerregistry.azure.net/.default", "scope");
  const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  demand(form.get("client_assertion_type") === type, "client_assertion_type");
  if (!request.url.pathname.startsWith(`/${AZURE.tenant}/`))
    return refused("invalid_request", 90002, "Tenant not found.");
  if (form.get("client_id") !== AZURE.client) {
    return refused("unauthorized_client", 700016, "Application was not found in the directory.");
  }
  const assertion = form.get("client_assertion") ?? "";
  switch (judge(state, assertion, "api://AzureADTokenExchange")) {
    case "fine":
      return json(200, { token_type: "Bearer", expires_in: 3599, access_token: newSecret(state, ACCESS_TOKEN) });
    case "subject":
      return refused(
        "invalid_client",
        700213,
        `No matching federated identity record found for presented assertion subject '${state.subject}'.`,
      );
    case "audience":
      return refused(
        "invalid_client",
        700212,
        "No matching federated identity record found for presented assertion audience.",
      );
    case "issuer":
      return refused(
        "invalid_client",
        700211,
        "No matching federated identity record found for presented assertion issuer.",
      );
    case "time":
      return refused("invalid_client", 700024, "Client assertion is not within its valid time range.");
    case "signature":
      // Microsoft does not quote it; whoever does must not be repeated
      return refused("invalid_client", 5002730, `Invalid JWT token ${assertion}.`);
  }
};

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#error-response */
function refused(error: string, number: number, message: string) {
  const trace = "Trace ID: 0d1c Correlation ID: 7f2a Timestamp: 2026-01-01 00:00:00Z";
  return json(error === "invalid_request" ? 400 : 401, {
    error,
    error_description: `AADSTS${number}: ${message} ${trace}`,
    error_codes: [number],
  });
}

const signer = new TokenSigner("acr-1");

/** https://azure.github.io/acr/AAD-OAuth.html#calling-post-oauth2exchange-to-get-an-acr-refresh-token */
export const azureRegistry: Handler = (state, request) => {
  const form = formOf(request);
  demand(request.url.pathname === "/oauth2/exchange", "the path");
  demand(form.get("grant_type") === "access_token", "grant_type");
  demand((form.get("service") ?? "") !== "", "service");
  demand(form.get("tenant") === AZURE.tenant, "tenant");
  const token = form.get("access_token") ?? "";
  if (state.lacking.has("acr") || !state.issued.includes(token) || !token.startsWith(ACCESS_TOKEN)) {
    return json(401, { errors: [{ code: "UNAUTHORIZED", message: "authentication required" }] });
  }
  return json(200, { refresh_token: refreshToken(state) });
};

function refreshToken(state: CloudState): string {
  const exp = Math.floor(state.now / 1000) + (state.lifeSeconds ?? THREE_HOURS);
  const token = signer.sign({ jti: newSecret(state, "acr"), grant_type: "refresh_token", exp });
  state.issued.push(token);
  state.users[AZURE_USER] = token;
  return token;
}
