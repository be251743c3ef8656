import { aliyunSigner } from "./aliyun-signer.ts";
import { type CloudAnswer, demand, formOf, type Handler, json } from "./service.ts";
import { type CloudState, judge, newSecret } from "./state.ts";

export const ALIYUN = {
  role: "acs:ram::1135115445850000:role/slipway",
  provider: "acs:ram::1135115445850000:oidc-provider/github",
  instance: "cri-kmsiwlxxdcvaduwb",
} as const;
export const ALIYUN_USER = "cr_temp_user";

const HOUR = 3600;
const REQUEST_ID = "3D57EAD2-8723-1F26-B69C-F8707D8B565D";
const sessions = new WeakMap<CloudState, Map<string, { readonly secret: string; readonly token: string }>>();

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc */
export const aliyunSts: Handler = (state, request) => {
  const form = formOf(request);
  const query = request.url.searchParams;
  demand(query.get("Action") === "AssumeRoleWithOIDC", "Action");
  demand(query.get("Version") === "2015-04-01", "Version");
  demand(query.get("Format") === "JSON", "Format");
  demand(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(query.get("Timestamp") ?? ""), "Timestamp");
  demand((query.get("SignatureNonce") ?? "") !== "", "SignatureNonce");
  demand(/^[\w.@-]{2,64}$/.test(form.get("RoleSessionName") ?? ""), "RoleSessionName");
  const seconds = Number(form.get("DurationSeconds") ?? HOUR);
  demand(seconds >= 900 && seconds <= HOUR, "DurationSeconds");
  if (form.get("OIDCProviderArn") !== ALIYUN.provider) {
    return refused(404, "EntityNotExist.OIDCProvider", "The specified OIDC provider does not exist.");
  }
  if (form.get("RoleArn") !== ALIYUN.role) return refused(404, "EntityNotExist.Role", "The role not exists.");
  switch (judge(state, form.get("OIDCToken") ?? "", "sts.aliyuncs.com")) {
    case "fine":
      return json(200, assumed(state, seconds));
    case "subject":
      return refused(
        403,
        "AuthenticationFail.NoPermission",
        "This operation is not permitted by the role trust policy.",
      );
    case "time":
      return refused(400, "AuthenticationFail.OIDCToken.Expired", "The OIDC token is expired.");
    default:
      return refused(400, "AuthenticationFail.OIDCToken.Invalid", "The OIDC token is invalid.");
  }
};

function assumed(state: CloudState, seconds: number) {
  const secret = newSecret(state, "secret");
  const token = newSecret(state, "security-token");
  const keyId = `STS.${secret.slice(-12)}`;
  const all = sessions.get(state) ?? new Map();
  sessions.set(state, all.set(keyId, { secret, token }));
  return {
    RequestId: REQUEST_ID,
    OIDCTokenInfo: { Subject: state.subject, Issuer: "https://token.actions.githubusercontent.com" },
    AssumedRoleUser: { Arn: `${ALIYUN.role}/slipway`, AssumedRoleId: "33157794895460****:slipway" },
    Credentials: {
      AccessKeyId: keyId,
      AccessKeySecret: secret,
      SecurityToken: token,
      Expiration: new Date(state.now + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z"),
    },
  };
}

/**
 * Enterprise: https://www.alibabacloud.com/help/en/acr/developer-reference/api-cr-2018-12-01-getauthorizationtoken
 * Personal: https://www.alibabacloud.com/help/doc-detail/72334.htm
 */
export const aliyunRegistry: Handler = (state, request) => {
  const { url, method, headers } = request;
  demand(headers["x-acs-action"] === "GetAuthorizationToken", "x-acs-action");
  const signer = aliyunSigner(request, state.now);
  const session = sessions.get(state)?.get(signer.keyId);
  if (session === undefined || headers["x-acs-security-token"] !== session.token) {
    return refused(403, "InvalidSecurityToken.Malformed", "The specified SecurityToken is malformed.");
  }
  if (!signer.signedWith(session.secret)) {
    return refused(400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation.");
  }
  if (headers["x-acs-version"] === "2016-06-07") {
    demand(method === "GET" && url.pathname === "/tokens", "the Personal Edition's address");
    if (state.lacking.has("cr"))
      return json(403, { requestId: REQUEST_ID, code: "NO_PERMISSION", message: "no permission" });
    const { password, ends } = given(state);
    return json(200, {
      data: { authorizationToken: password, tempUserName: ALIYUN_USER, expireDate: ends },
      requestId: REQUEST_ID,
    });
  }
  demand(headers["x-acs-version"] === "2018-12-01" && url.pathname === "/", "the Enterprise Edition's address");
  const told = { RequestId: REQUEST_ID, IsSuccess: false };
  if (url.searchParams.get("InstanceId") !== ALIYUN.instance) {
    return json(200, { ...told, Code: "INSTANCE_NOT_EXIST", Message: "the instance is not there" });
  }
  if (state.lacking.has("cr")) return refused(403, "NoPermission", "You are not authorized to do this action.");
  const { password, ends } = given(state);
  return json(200, {
    RequestId: REQUEST_ID,
    IsSuccess: true,
    Code: "success",
    TempUsername: ALIYUN_USER,
    AuthorizationToken: password,
    ExpireTime: ends,
  });
};

function given(state: CloudState): { readonly password: string; readonly ends: number } {
  const password = newSecret(state, "cr");
  state.users[ALIYUN_USER] = password;
  return { password, ends: state.now + (state.lifeSeconds ?? HOUR) * 1000 };
}

function refused(status: number, Code: string, Message: string): CloudAnswer {
  return json(status, {
    RequestId: REQUEST_ID,
    HostId: "aliyuncs.com",
    Code,
    Message,
    Recommend: "https://api.aliyun.com",
  });
}
