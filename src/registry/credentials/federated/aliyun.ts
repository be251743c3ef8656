import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type AliyunKeys, signedForAliyun } from "./aliyun-signature.ts";
import { type Asking, ask } from "./ask.ts";
import { type IdToken, requestIdToken } from "./id-token.ts";
import type { AliyunLogin, Lease } from "./login.ts";
import { readJson, tryJson } from "./read-json.ts";
import type { Refusal } from "./refusal.ts";

/** As https://github.com/aliyun/configure-aliyun-credentials-action has people register it. */
const AUDIENCE = "sts.aliyuncs.com";
const SESSION_NAME = "slipway";
const SESSION_SECONDS = 3600;
/** The identity provider, its client IDs or the role's trust policy do not fit the token. */
const NOT_TRUSTED = /^(?:AuthenticationFail|NoPermission|InvalidParameter\.OIDC)/;
const RIGHT_MISSING = /^(?:NoPermission|Forbidden|ACCESS_DENIED|INSTANCE_ACCESS_DENIED)|NoPermission|AccessDenied/i;

const Assumed = z.object({
  Credentials: z.object({
    AccessKeyId: z.string().min(1),
    AccessKeySecret: z.string().min(1),
    SecurityToken: z.string().min(1),
    Expiration: z.iso.datetime(),
  }),
});
const Enterprise = z.object({
  TempUsername: z.string().min(1),
  AuthorizationToken: z.string().min(1),
  ExpireTime: z.number().positive(),
});
const Personal = z.object({
  data: z.object({
    tempUserName: z.string().min(1),
    authorizationToken: z.string().min(1),
    expireDate: z.number().positive(),
  }),
});
const Refused = z.object({ Code: z.string(), Message: z.string().default("") });
/** An Enterprise instance says no with 200, too. */
const Denied = z.object({ IsSuccess: z.literal(false) });
/** The Personal Edition's API has small letters. */
const PersonalRefused = z.object({ code: z.string(), message: z.string().default("") });

interface Session extends AliyunKeys {
  readonly securityToken: string;
  readonly ends: number;
}

/** GitHub's token → temporary keys of a RAM role → the registry's temporary user, which is good for an hour. */
export async function aliyunLogin(login: AliyunLogin, asking: Asking): Promise<Lease> {
  const idToken = await requestIdToken(login.kind, login.audience ?? AUDIENCE, asking);
  const session = await assumeRole(login, idToken, asking);
  const lease = await (login.instance === undefined
    ? personalToken(login, session, asking)
    : enterpriseToken(login, login.instance, session, asking));
  return { ...lease, ends: Math.min(lease.ends, session.ends) };
}

/** Nothing is signed: the token is what proves. https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc */
async function assumeRole({ role, provider }: AliyunLogin, idToken: IdToken, asking: Asking): Promise<Session> {
  const url = new URL("/", asking.endpoints.aliyunSts);
  url.search = new URLSearchParams({
    Action: "AssumeRoleWithOIDC",
    Version: "2015-04-01",
    Format: "JSON",
    Timestamp: timeOf(asking),
    SignatureNonce: randomUUID(),
  }).toString();
  const form = new URLSearchParams({
    OIDCProviderArn: provider,
    RoleArn: role,
    OIDCToken: idToken.text,
    RoleSessionName: SESSION_NAME,
    DurationSeconds: String(SESSION_SECONDS),
  });
  const { subject, audience } = idToken;
  const { Credentials: given } = await ask(
    {
      step: "AssumeRoleWithOIDC",
      method: "POST",
      url,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form.toString(),
      secrets: [idToken.text],
      read: (text) => readJson(Assumed, text),
      refusal: (text, status) => {
        const { Code: code, Message: message } = tryJson(Refused, text) ?? { Code: `answer ${status}`, Message: "" };
        const fate = NOT_TRUSTED.test(code) ? ({ kind: "not-trusted", subject, audience } as const) : REFUSED;
        return { code, message, fate };
      },
    },
    asking,
  );
  return {
    accessKeyId: given.AccessKeyId,
    accessKeySecret: given.AccessKeySecret,
    securityToken: given.SecurityToken,
    ends: Date.parse(given.Expiration),
  };
}

const REFUSED = { kind: "refused" } as const;

/** https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-getauthorizationtoken */
async function enterpriseToken(login: AliyunLogin, instance: string, session: Session, asking: Asking) {
  const url = new URL("/", asking.endpoints.aliyunRegistry(login.region));
  url.searchParams.set("InstanceId", instance);
  const given = await askRegistry({ method: "POST", url, version: "2018-12-01" }, session, asking, (text) =>
    readJson(Enterprise, text),
  );
  return { username: given.TempUsername, password: given.AuthorizationToken, ends: given.ExpireTime };
}

/** https://www.alibabacloud.com/help/doc-detail/72334.htm */
async function personalToken({ region }: AliyunLogin, session: Session, asking: Asking) {
  const url = new URL("/tokens", asking.endpoints.aliyunRegistry(region));
  const { data } = await askRegistry({ method: "GET", url, version: "2016-06-07" }, session, asking, (text) =>
    readJson(Personal, text),
  );
  return { username: data.tempUserName, password: data.authorizationToken, ends: data.expireDate };
}

function askRegistry<T>(
  { method, url, version }: { readonly method: "GET" | "POST"; readonly url: URL; readonly version: string },
  session: Session,
  asking: Asking,
  read: (text: string) => T,
): Promise<T> {
  const headers = { accept: "application/json", "x-acs-action": "GetAuthorizationToken", "x-acs-version": version };
  const when = { date: new Date(asking.now()), nonce: randomUUID() };
  return ask(
    {
      step: "GetAuthorizationToken",
      method,
      url,
      headers: signedForAliyun({ method, url, headers, body: "" }, session, when),
      secrets: [session.accessKeySecret, session.securityToken],
      read,
      deniesWith200: (text) => tryJson(Denied, text) !== undefined,
      refusal: refusedToken,
    },
    asking,
  );
}

function refusedToken(text: string, status: number): Refusal {
  const told = tryJson(Refused, text);
  const small = tryJson(PersonalRefused, text);
  const code = told?.Code ?? small?.code ?? `answer ${status}`;
  const message = told?.Message ?? small?.message ?? "";
  const isRight = status === 403 || RIGHT_MISSING.test(code);
  return { code, message, fate: isRight ? { kind: "right-missing", right: "cr:GetAuthorizationToken" } : REFUSED };
}

function timeOf({ now }: Asking): string {
  return new Date(now()).toISOString().replace(/\.\d+Z$/, "Z");
}
