import * as z from "zod";
import { type Asking, ask } from "./ask.ts";
import { type IdToken, requestIdToken } from "./id-token.ts";
import type { GoogleLogin, Lease } from "./login.ts";
import { readJson, tryJson } from "./read-json.ts";
import type { Refusal } from "./refusal.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
/** https://cloud.google.com/artifact-registry/docs/docker/authentication#token */
const USER = "oauth2accesstoken";
const NOT_TRUSTED: readonly string[] = ["unauthorized_client", "invalid_grant"];

const JSON_BODY = { "content-type": "application/json", accept: "application/json" };
const Exchanged = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const Impersonated = z.object({ accessToken: z.string().min(1), expireTime: z.iso.datetime({ offset: true }) });
const ExchangeError = z.object({ error: z.string(), error_description: z.string().default("") });
const IamError = z.object({ error: z.object({ status: z.string().default(""), message: z.string().default("") }) });

/**
 * GitHub's token → an access token of the federated identity → where one is named, of a service account. Good for an hour.
 * https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines
 */
export async function googleLogin(login: GoogleLogin, asking: Asking): Promise<Lease> {
  const audience = login.audience ?? `https://iam.googleapis.com/${login.provider}`;
  const idToken = await requestIdToken(login.kind, audience, asking);
  const federated = await exchangeToken(login, idToken, asking);
  if (login.serviceAccount === undefined) return federated;
  return impersonate(login.serviceAccount, federated.password, asking);
}

/** https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
async function exchangeToken({ provider }: GoogleLogin, idToken: IdToken, asking: Asking): Promise<Lease> {
  const body = {
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
    audience: `//iam.googleapis.com/${provider}`,
    scope: SCOPE,
    requestedTokenType: "urn:ietf:params:oauth:token-type:access_token",
    subjectTokenType: "urn:ietf:params:oauth:token-type:jwt",
    subjectToken: idToken.text,
  };
  const asked = asking.now();
  const given = await ask(
    {
      step: "Google's token exchange",
      method: "POST",
      url: new URL("/v1/token", asking.endpoints.googleSts),
      headers: JSON_BODY,
      body: JSON.stringify(body),
      secrets: [idToken.text],
      read: (text) => readJson(Exchanged, text),
      refusal: (text, status) => refusedExchange(text, status, idToken),
    },
    asking,
  );
  return { username: USER, password: given.access_token, ends: asked + given.expires_in * 1000 };
}

function refusedExchange(text: string, status: number, { subject, audience }: IdToken): Refusal {
  const told = tryJson(ExchangeError, text) ?? { error: `answer ${status}`, error_description: "" };
  return {
    code: told.error,
    message: told.error_description,
    fate: NOT_TRUSTED.includes(told.error) ? { kind: "not-trusted", subject, audience } : { kind: "refused" },
  };
}

/** https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
async function impersonate(serviceAccount: string, federated: string, asking: Asking): Promise<Lease> {
  const path = `/v1/projects/-/serviceAccounts/${encodeURIComponent(serviceAccount)}:generateAccessToken`;
  const given = await ask(
    {
      step: "generateAccessToken",
      method: "POST",
      url: new URL(path, asking.endpoints.googleIam),
      headers: { ...JSON_BODY, authorization: `Bearer ${federated}` },
      body: JSON.stringify({ scope: [SCOPE], lifetime: "3600s" }),
      secrets: [federated],
      read: (text) => readJson(Impersonated, text),
      refusal: (text, status) => {
        const { status: code = "", message = "" } = tryJson(IamError, text)?.error ?? {};
        const isRight = status === 403 || code === "PERMISSION_DENIED";
        return {
          code: code || `answer ${status}`,
          message,
          fate: isRight ? { kind: "right-missing", right: "roles/iam.workloadIdentityUser" } : { kind: "refused" },
        };
      },
    },
    asking,
  );
  return { username: USER, password: given.accessToken, ends: Date.parse(given.expireTime) };
}
