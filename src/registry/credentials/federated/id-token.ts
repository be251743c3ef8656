import * as z from "zod";
import { failure } from "../../../words/error.ts";
import { type Asking, ask } from "./ask.ts";
import type { OidcLogin } from "./login.ts";
import { readJson, tryJson } from "./read-json.ts";

/** What GitHub says of the job that runs, signed for one audience. */
export interface IdToken {
  readonly text: string;
  readonly audience: string;
  /** `repo:OWNER/NAME:ref:refs/heads/main`; no secret: trusts are made of it. */
  readonly subject: string;
}

/** What gives a password by hand, where there is no Actions: a user name, and a command that prints the rest. */
const BY_HAND: Readonly<Record<OidcLogin["kind"], string>> = {
  "azure-oidc": "00000000-0000-0000-0000-000000000000, `az acr login --name NAME --expose-token`",
  "aliyun-ram": "cr_temp_user, `aliyun cr GetAuthorizationToken --InstanceId ID`",
  "aws-oidc": "AWS, `aws ecr get-login-password`",
  "gcp-oidc": "oauth2accesstoken, `gcloud auth print-access-token`",
};

const Given = z.object({ value: z.string().min(1) });
const Claims = z.object({ sub: z.string() });
const Refused = z.object({ message: z.string() });

/**
 * Asks the runner for an OIDC token.
 * https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 * @param audience whom it is for: the cloud refuses tokens that are for others
 * @throws LOGIN_OUTSIDE_ACTIONS, ID_TOKEN_NOT_PERMITTED, and what {@link ask} throws
 */
export async function requestIdToken(kind: OidcLogin["kind"], audience: string, asking: Asking): Promise<IdToken> {
  const { environment, origin } = asking;
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = environment;
  if (!address || !bearer) {
    if (environment.GITHUB_ACTIONS === "true") throw failure("ID_TOKEN_NOT_PERMITTED", { origin, kind });
    throw failure("LOGIN_OUTSIDE_ACTIONS", { origin, kind, instead: BY_HAND[kind] });
  }
  if (!URL.canParse(address)) throw failure("ID_TOKEN_NOT_PERMITTED", { origin, kind });
  const url = new URL(address);
  url.searchParams.set("audience", audience);
  const { value } = await ask(
    {
      step: "GitHub's OIDC token",
      method: "GET",
      url,
      headers: { authorization: `Bearer ${bearer}`, accept: "application/json" },
      secrets: [bearer],
      read: (text) => readJson(Given, text),
      refusal: (text, status) => ({
        code: `answer ${status}`,
        message: tryJson(Refused, text)?.message ?? "",
        fate: { kind: "right-missing", right: "`permissions: id-token: write`" },
      }),
    },
    asking,
  );
  return { text: value, audience, subject: subjectOf(value) };
}

/** Nothing is verified: that is for those whom the token is shown to. */
function subjectOf(token: string): string {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  return tryJson(Claims, payload)?.sub ?? "?";
}
