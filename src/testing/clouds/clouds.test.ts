import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { AZURE } from "./azure.ts";
import { type Claims, verified } from "./json-web-token.ts";
import { startClouds, type TestClouds } from "./start.ts";

const Given = z.object({ value: z.string() });
const Keys = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), n: z.string(), e: z.string() })),
});
const SignedIn = z.object({ error_description: z.string().optional(), token_type: z.string().default("") });

async function idToken({ environment }: TestClouds, audience: string): Promise<string> {
  const answer = await fetch(`${environment.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: `bearer ${environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  });
  return Given.parse(await answer.json()).value;
}

async function signIn({ endpoints }: TestClouds, assertion: string): Promise<string> {
  const form = new URLSearchParams({
    client_id: AZURE.client,
    scope: "https://containerregistry.azure.net/.default",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
    grant_type: "client_credentials",
  });
  const url = `${endpoints.microsoft}/${AZURE.tenant}/oauth2/v2.0/token`;
  const answer = SignedIn.parse(await (await fetch(url, { method: "POST", body: form })).json());
  return answer.error_description?.slice(0, 13) ?? answer.token_type;
}

test("GitHub's tokens are signed by the key that it publishes, for the audience that was asked for", async () => {
  await using clouds = await startClouds();
  const token = await idToken(clouds, "x y");
  const published = await fetch(new URL("/.well-known/jwks", clouds.environment.ACTIONS_ID_TOKEN_REQUEST_URL));
  const { keys } = Keys.parse(await published.json());
  const claims: Claims = verified(token, keys) ?? {};
  assert.deepEqual(
    [claims.aud, claims.sub, claims.iss],
    ["x y", clouds.state.subject, "https://token.actions.githubusercontent.com"],
  );
  assert.equal(verified(`${token.slice(0, -8)}AAAAAAAA`, keys), undefined);
  assert.equal(verified(token, []), undefined);
});

test("a cloud takes a token only as GitHub signed it, for it, of whom it trusts, and in its time", async () => {
  await using clouds = await startClouds();
  const audience = "api://AzureADTokenExchange";
  const good = await idToken(clouds, audience);
  const [header, , signature] = good.split(".");
  const forged = [header, Buffer.from('{"sub":"x"}').toString("base64url"), signature].join(".");
  assert.equal(await signIn(clouds, good), "Bearer");
  assert.equal(await signIn(clouds, forged), "AADSTS5002730");
  assert.match(await signIn(clouds, await idToken(clouds, "other")), /^AADSTS700212/);
  clouds.state.trusted = "repo:acme/other";
  assert.match(await signIn(clouds, good), /^AADSTS700213/);
  clouds.state.now += 301_000;
  assert.match(await signIn(clouds, good), /^AADSTS700024/);
  assert.deepEqual(clouds.state.violations, []);
});

test("what no page of the vendor's allows is a violation", async () => {
  await using clouds = await startClouds();
  const { endpoints, state } = clouds;
  const post = (url: string, init: RequestInit) => fetch(url, { method: "POST", ...init });
  const asks: readonly (() => Promise<Response>)[] = [
    () =>
      post(`${endpoints.microsoft}/${AZURE.tenant}/oauth2/v2.0/token`, { body: new URLSearchParams({ scope: "x" }) }),
    () => post(`${endpoints.aliyunSts}/`, { body: new URLSearchParams() }),
    () => post(`${endpoints.aliyunRegistry("x")}/`, { headers: { "x-acs-action": "GetAuthorizationToken" } }),
    () => post(`${endpoints.awsSts("x")}/`, { body: new URLSearchParams({ Action: "AssumeRole" }) }),
    () =>
      post(`${endpoints.awsRegistry("x")}/`, { headers: { "content-type": "application/x-amz-json-1.1" }, body: "{}" }),
    () => post(`${endpoints.googleSts}/v1/token`, { headers: { "content-type": "application/json" }, body: "{}" }),
    () => fetch(`${endpoints.googleIam}/v1/projects/-/serviceAccounts/x:generateAccessToken`),
  ];
  for (const ask of asks) {
    state.violations.length = 0;
    assert.equal((await ask()).status, 400);
    assert.equal(state.violations.length, 1);
  }
});
