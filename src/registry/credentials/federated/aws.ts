import * as z from "zod";
import { type Asking, ask } from "./ask.ts";
import { type AwsKeys, signedForAws } from "./aws-signature.ts";
import { readElements } from "./aws-xml.ts";
import { type IdToken, requestIdToken } from "./id-token.ts";
import type { AwsLogin, Lease } from "./login.ts";
import { readJson, tryJson } from "./read-json.ts";
import type { Refusal } from "./refusal.ts";

/** https://docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
const AUDIENCE = "sts.amazonaws.com";
const SESSION_NAME = "slipway";
const NOT_TRUSTED: readonly string[] = ["AccessDenied", "InvalidIdentityToken", "IDPRejectedClaim"];

const Assumed = z.object({
  AccessKeyId: z.string().min(1),
  SecretAccessKey: z.string().min(1),
  SessionToken: z.string().min(1),
});
const Given = z.object({
  authorizationData: z
    .array(z.object({ authorizationToken: z.string().min(1), expiresAt: z.number().positive() }))
    .min(1),
});
/** Both spellings are seen. */
const Refused = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });

/** GitHub's token → temporary keys of a role → the password of the account's registry, which is good for twelve hours. */
export async function awsLogin(login: AwsLogin, asking: Asking): Promise<Lease> {
  const idToken = await requestIdToken(login.kind, login.audience ?? AUDIENCE, asking);
  return registryPassword(login, await assumeRole(login, idToken, asking), asking);
}

/** Nothing is signed: the token is what proves. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
async function assumeRole({ role, region }: AwsLogin, idToken: IdToken, asking: Asking): Promise<AwsKeys> {
  const form = new URLSearchParams({
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: role,
    RoleSessionName: SESSION_NAME,
    WebIdentityToken: idToken.text,
  });
  const given = await ask(
    {
      step: "AssumeRoleWithWebIdentity",
      method: "POST",
      url: new URL("/", asking.endpoints.awsSts(region)),
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
      secrets: [idToken.text],
      read: (text) => readJson(Assumed, JSON.stringify(readElements(text))),
      refusal: (text, status) => refusedRole(text, status, idToken),
    },
    asking,
  );
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
  };
}

function refusedRole(text: string, status: number, { subject, audience }: IdToken): Refusal {
  const { Code: code = `answer ${status}`, Message: message = "" } = readElements(text);
  return {
    code,
    message,
    fate: NOT_TRUSTED.includes(code) ? { kind: "not-trusted", subject, audience } : { kind: "refused" },
  };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html */
async function registryPassword({ region }: AwsLogin, keys: AwsKeys, asking: Asking): Promise<Lease> {
  const url = new URL("/", asking.endpoints.awsRegistry(region));
  const body = "{}";
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken",
  };
  const signing = { region, service: "ecr", date: new Date(asking.now()) };
  const { authorizationData } = await ask(
    {
      step: "GetAuthorizationToken",
      method: "POST",
      url,
      headers: signedForAws({ method: "POST", url, headers, body }, keys, signing),
      body,
      secrets: [keys.secretAccessKey, keys.sessionToken ?? ""],
      read: (text) => readJson(Given, text),
      refusal: (text, status) => {
        const told = tryJson(Refused, text);
        const code = told?.__type.replace(/^.*#/, "") ?? `answer ${status}`;
        const isRight = code === "AccessDeniedException";
        return {
          code,
          message: told?.message ?? told?.Message ?? "",
          fate: isRight ? { kind: "right-missing", right: "ecr:GetAuthorizationToken" } : { kind: "refused" },
        };
      },
    },
    asking,
  );
  const [first] = authorizationData;
  const [username = "", password = ""] = Buffer.from(first?.authorizationToken ?? "", "base64")
    .toString()
    .split(/:(.*)/s);
  return { username, password, ends: (first?.expiresAt ?? 0) * 1000 };
}
