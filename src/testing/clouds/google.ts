import * as z from "zod";
import { type CloudRequest, demand, type Handler, json, Violation } from "./service.ts";
import { type CloudState, judge, newSecret } from "./state.ts";

export const GOOGLE = {
  provider: "projects/123456789/locations/global/workloadIdentityPools/github/providers/actions",
  serviceAccount: "slipway@acme.iam.gserviceaccount.com",
} as const;
export const GOOGLE_USER = "oauth2accesstoken";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const FEDERATED = "ya29.d";
const HOUR = 3600;

const Exchange = z.strictObject({
  grantType: z.literal("urn:ietf:params:oauth:grant-type:token-exchange"),
  audience: z.string(),
  scope: z.literal(SCOPE),
  requestedTokenType: z.literal("urn:ietf:params:oauth:token-type:access_token"),
  subjectTokenType: z.literal("urn:ietf:params:oauth:token-type:jwt"),
  subjectToken: z.string(),
});
const Impersonation = z.strictObject({ scope: z.tuple([z.literal(SCOPE)]), lifetime: z.literal("3600s") });

/** https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
export const googleSts: Handler = (state, request) => {
  demand(request.url.pathname === "/v1/token", "the path");
  demand(request.headers.authorization === undefined, "no Authorization belongs here");
  const { audience, subjectToken } = bodyOf(Exchange, request);
  if (audience !== `//iam.googleapis.com/${GOOGLE.provider}`) {
    return refused("invalid_target", "The target service indicated by the audience parameters is invalid.");
  }
  switch (judge(state, subjectToken, `https://iam.googleapis.com/${GOOGLE.provider}`)) {
    case "fine":
      return json(200, {
        access_token: given(state, FEDERATED),
        issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
        token_type: "Bearer",
        expires_in: state.lifeSeconds ?? HOUR - 1,
      });
    case "subject":
      return refused("unauthorized_client", "The given credential is rejected by the attribute condition.");
    case "audience":
      return refused("invalid_grant", "The audience in ID Token does not match the expected audience.");
    default:
      return refused("invalid_grant", "Invalid ID token.");
  }
};

/** https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
export const googleIam: Handler = (state, request) => {
  const account = /^\/v1\/projects\/-\/serviceAccounts\/([^/]+):generateAccessToken$/.exec(request.url.pathname)?.[1];
  demand(account !== undefined, "the path");
  bodyOf(Impersonation, request);
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  if (!bearer.startsWith(FEDERATED) || !state.issued.includes(bearer)) {
    return json(401, { error: { code: 401, status: "UNAUTHENTICATED", message: "Request had invalid credentials." } });
  }
  if (decodeURIComponent(account ?? "") !== GOOGLE.serviceAccount) {
    return json(404, { error: { code: 404, status: "NOT_FOUND", message: "Not found; Gaia id not found." } });
  }
  if (state.lacking.has("impersonate")) {
    const message = "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).";
    return json(403, { error: { code: 403, status: "PERMISSION_DENIED", message } });
  }
  const expireTime = new Date(state.now + (state.lifeSeconds ?? HOUR) * 1000).toISOString();
  return json(200, { accessToken: given(state, "ya29.c"), expireTime });
};

function given(state: CloudState, prefix: string): string {
  const token = newSecret(state, prefix);
  state.users[GOOGLE_USER] = token;
  return token;
}

function bodyOf<S extends z.ZodType>(schema: S, { body, method, headers }: CloudRequest): z.output<S> {
  demand(method === "POST" && headers["content-type"] === "application/json", "the content type");
  const result = schema.safeParse(JSON.parse(body));
  if (!result.success) throw new Violation(z.prettifyError(result.error));
  return result.data;
}

function refused(error: string, error_description: string) {
  return json(400, { error, error_description });
}
