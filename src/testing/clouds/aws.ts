import { awsSigner } from "./aws-signer.ts";
import { type CloudAnswer, demand, formOf, type Handler, json } from "./service.ts";
import { type CloudState, judge, newSecret } from "./state.ts";

export const AWS = { role: "arn:aws:iam::123456789012:role/slipway", region: "eu-central-1" } as const;
export const AWS_USER = "AWS";

const HOUR = 3600;
const sessions = new WeakMap<CloudState, Map<string, { readonly secret: string; readonly token: string }>>();

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const awsSts: Handler = (state, request) => {
  const form = formOf(request);
  demand(form.get("Action") === "AssumeRoleWithWebIdentity", "Action");
  demand(form.get("Version") === "2011-06-15", "Version");
  demand(/^[\w+=,.@-]{2,64}$/.test(form.get("RoleSessionName") ?? ""), "RoleSessionName");
  demand(request.headers.authorization === undefined, "this is not to be signed");
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(form.get("RoleArn") ?? "")) {
    return refused("ValidationError", "Request ARN is invalid");
  }
  const judgement = judge(state, form.get("WebIdentityToken") ?? "", "sts.amazonaws.com");
  if (judgement === "time") return refused("ExpiredTokenException", "Token expired");
  if (judgement === "audience") return refused("InvalidIdentityToken", "Incorrect token audience");
  if (judgement === "signature" || judgement === "issuer") {
    return refused("InvalidIdentityToken", "No OpenIDConnect provider found in your account for <this> issuer");
  }
  if (judgement === "subject" || form.get("RoleArn") !== AWS.role) {
    return refused("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403);
  }
  const secret = newSecret(state, "aws");
  const token = newSecret(state, "session&token");
  const keyId = `ASIA${secret.slice(-16).toUpperCase()}`;
  const all = sessions.get(state) ?? new Map();
  sessions.set(state, all.set(keyId, { secret, token }));
  return xml(
    200,
    `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>${state.subject}</SubjectFromWebIdentityToken>
    <Audience>sts.amazonaws.com</Audience>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::123456789012:assumed-role/slipway/slipway</Arn>
      <AssumedRoleId>AROACLKWSDQRAOEXAMPLE:slipway</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <SessionToken>${escaped(token)}</SessionToken>
      <SecretAccessKey>${secret}</SecretAccessKey>
      <Expiration>${new Date(state.now + HOUR * 1000).toISOString()}</Expiration>
      <AccessKeyId>${keyId}</AccessKeyId>
    </Credentials>
    <Provider>arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com</Provider>
  </AssumeRoleWithWebIdentityResult>
  <ResponseMetadata><RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId></ResponseMetadata>
</AssumeRoleWithWebIdentityResponse>`,
  );
};

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html */
export const awsRegistry: Handler = (state, request) => {
  const { headers, method, body } = request;
  demand(method === "POST" && headers["content-type"] === "application/x-amz-json-1.1", "the content type");
  demand(headers["x-amz-target"] === "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken", "x-amz-target");
  demand(body === "{}", "registryIds is deprecated");
  const signer = awsSigner(request, { region: AWS.region, service: "ecr" }, state.now);
  const session = sessions.get(state)?.get(signer.keyId);
  if (session === undefined || headers["x-amz-security-token"] !== session.token) {
    return json(400, { __type: "UnrecognizedClientException", message: "The security token included is invalid." });
  }
  if (!signer.signedWith(session.secret)) {
    return json(400, {
      __type: "InvalidSignatureException",
      message: "The request signature we calculated does not match.",
    });
  }
  if (state.lacking.has("ecr")) {
    const message = "User is not authorized to perform: ecr:GetAuthorizationToken on resource: *";
    return json(400, { __type: "AccessDeniedException", Message: message });
  }
  const password = newSecret(state, "ecr");
  state.users[AWS_USER] = password;
  const authorizationToken = Buffer.from(`${AWS_USER}:${password}`).toString("base64");
  state.issued.push(authorizationToken);
  const expiresAt = state.now / 1000 + (state.lifeSeconds ?? 12 * HOUR);
  const proxyEndpoint = `https://123456789012.dkr.ecr.${AWS.region}.amazonaws.com`;
  return json(200, { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint }] });
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
function refused(code: string, message: string, status = 400): CloudAnswer {
  return xml(
    status,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>
  <RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId>
</ErrorResponse>`,
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function xml(status: number, body: string): CloudAnswer {
  return { status, body, headers: { "content-type": "text/xml" } };
}
