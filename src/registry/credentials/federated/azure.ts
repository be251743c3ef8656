import * as z from "zod";
import { expiryOf } from "../expiry.ts";
import { type Asking, ask } from "./ask.ts";
import { type IdToken, requestIdToken } from "./id-token.ts";
import type { AzureLogin, Lease } from "./login.ts";
import { readJson, tryJson } from "./read-json.ts";
import type { Refusal } from "./refusal.ts";

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust#github-actions */
const AUDIENCE = "api://AzureADTokenExchange";
/** Good in every national cloud, and where registries take no tokens of Azure Resource Manager. https://learn.microsoft.com/azure/container-registry/container-registry-disable-authentication-as-arm */
const SCOPE = "https://containerregistry.azure.net/.default";
/** https://learn.microsoft.com/azure/container-registry/container-registry-authentication#az-acr-login-with---expose-token */
const USER = "00000000-0000-0000-0000-000000000000";
const REFRESH_TOKEN_MILLISECONDS = 3 * 60 * 60 * 1000;
/** No trust for this subject, issuer or audience. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const NOT_TRUSTED = /AADSTS(?:70021|700211|700212|700213)\b/;

const FORM = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
const AccessToken = z.object({ access_token: z.string().min(1) });
const RefreshToken = z.object({ refresh_token: z.string().min(1) });
const SignInError = z.object({ error: z.string(), error_description: z.string().default("") });
const RegistryErrors = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().default("") })).min(1),
});

/**
 * GitHub's token → Microsoft's access token → the registry's refresh token, which is good for three hours.
 * @param host the registry
 */
export async function azureLogin(login: AzureLogin, host: string, asking: Asking): Promise<Lease> {
  const idToken = await requestIdToken(login.kind, login.audience ?? AUDIENCE, asking);
  const accessToken = await signIn(login, idToken, asking);
  const password = await exchangeToken(login, host, accessToken, asking);
  const expiry = expiryOf({ kind: "refresh", token: password, origin: asking.origin });
  return {
    username: USER,
    password,
    ends: expiry.kind === "at" ? expiry.date.getTime() : asking.now() + REFRESH_TOKEN_MILLISECONDS,
  };
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential */
async function signIn({ client, tenant, authority }: AzureLogin, idToken: IdToken, asking: Asking): Promise<string> {
  const form = new URLSearchParams({
    client_id: client,
    scope: SCOPE,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: idToken.text,
    grant_type: "client_credentials",
  });
  const { access_token } = await ask(
    {
      step: "the sign-in at Microsoft",
      method: "POST",
      url: new URL(`/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, authority ?? asking.endpoints.microsoft),
      headers: FORM,
      body: form.toString(),
      secrets: [idToken.text],
      read: (text) => readJson(AccessToken, text),
      refusal: (text, status) => refusedSignIn(text, status, idToken),
    },
    asking,
  );
  return access_token;
}

/** `AADSTS700213: No matching federated identity record …`, and after it lines of trace numbers. */
function refusedSignIn(text: string, status: number, { subject, audience }: IdToken): Refusal {
  const { error, error_description } = tryJson(SignInError, text) ?? {
    error: `answer ${status}`,
    error_description: "",
  };
  const [line = ""] = error_description.split(/\r?\n| Trace ID:/);
  return {
    code: /^AADSTS\d+/.exec(line)?.[0] ?? error,
    message: line,
    fate: NOT_TRUSTED.test(line) ? { kind: "not-trusted", subject, audience } : { kind: "refused" },
  };
}

/** https://azure.github.io/acr/AAD-OAuth.html#calling-post-oauth2exchange-to-get-an-acr-refresh-token */
async function exchangeToken(
  { tenant }: AzureLogin,
  host: string,
  accessToken: string,
  asking: Asking,
): Promise<string> {
  const form = { grant_type: "access_token", service: host, tenant, access_token: accessToken };
  const { refresh_token } = await ask(
    {
      step: "the exchange for the registry's token",
      method: "POST",
      url: new URL("/oauth2/exchange", asking.endpoints.azureRegistry(host)),
      headers: FORM,
      body: new URLSearchParams(form).toString(),
      secrets: [accessToken],
      read: (text) => readJson(RefreshToken, text),
      refusal: refusedExchange,
    },
    asking,
  );
  return refresh_token;
}

function refusedExchange(text: string, status: number): Refusal {
  const [first] = tryJson(RegistryErrors, text)?.errors ?? [];
  const isRight = status === 401 || status === 403;
  return {
    code: first?.code ?? `answer ${status}`,
    message: first?.message ?? "",
    fate: isRight ? { kind: "right-missing", right: "AcrPush, AcrPull" } : { kind: "refused" },
  };
}
