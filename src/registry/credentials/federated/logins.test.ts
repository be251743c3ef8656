import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ALIYUN,
  ALIYUN_USER,
  AWS,
  AWS_USER,
  AZURE,
  AZURE_USER,
  type CloudService,
  GOOGLE,
  GOOGLE_USER,
  startClouds,
  type TestClouds,
} from "../../../testing/index.ts";
import { SlipwayError } from "../../../words/error.ts";
import type { Login } from "./login.ts";
import { obtain } from "./obtain.ts";

const HOUR = 3600 * 1000;
const NOW = Date.parse("2026-03-01T12:00:00Z");
const ORIGIN = "slipway.yaml:4 (registries.app)";

const azure: Login = { kind: "azure-oidc", client: AZURE.client, tenant: AZURE.tenant };
const aliyun: Login = {
  kind: "aliyun-ram",
  role: ALIYUN.role,
  provider: ALIYUN.provider,
  region: "cn-hangzhou",
  instance: ALIYUN.instance,
};
const { instance: _, ...aliyunPersonal } = aliyun;
const aws: Login = { kind: "aws-oidc", role: AWS.role, region: AWS.region };
const google: Login = { kind: "gcp-oidc", provider: GOOGLE.provider, serviceAccount: GOOGLE.serviceAccount };
const googleDirect: Login = { kind: "gcp-oidc", provider: GOOGLE.provider };

function login(clouds: TestClouds, how: Login, environment: Readonly<Record<string, string>> = clouds.environment) {
  return obtain(how, "acme.azurecr.io", ORIGIN, {
    environment,
    endpoints: clouds.endpoints,
    now: () => clouds.state.now,
    retry: { attempts: 3, baseMilliseconds: 1 },
  });
}

const WAYS: readonly (readonly [
  name: string,
  how: Login,
  user: string,
  life: number,
  asked: readonly CloudService[],
])[] = [
  ["azure-oidc", azure, AZURE_USER, 3 * HOUR, ["github", "microsoft", "azure-registry"]],
  ["aliyun-ram, Enterprise", aliyun, ALIYUN_USER, HOUR, ["github", "aliyun-sts", "aliyun-registry"]],
  ["aliyun-ram, Personal", aliyunPersonal, ALIYUN_USER, HOUR, ["github", "aliyun-sts", "aliyun-registry"]],
  ["aws-oidc", aws, AWS_USER, 12 * HOUR, ["github", "aws-sts", "aws-registry"]],
  ["gcp-oidc", google, GOOGLE_USER, HOUR, ["github", "google-sts", "google-iam"]],
  ["gcp-oidc without an account", googleDirect, GOOGLE_USER, HOUR - 1000, ["github", "google-sts"]],
];

for (const [name, how, user, life, asked] of WAYS) {
  test(`${name}: the clouds are asked in order, and the last answer is the login`, async () => {
    await using clouds = await startClouds(NOW);
    const { username, password, ends } = await login(clouds, how);
    assert.deepEqual(
      { username, password, ends },
      { username: user, password: clouds.state.users[user], ends: NOW + life },
    );
    assert.deepEqual(
      clouds.state.requests.map(({ service }) => service),
      asked,
    );
    assert.deepEqual(clouds.state.violations, []);
  });
}

test("github-token: the job's own token, with the actor's name or any", async () => {
  await using clouds = await startClouds(NOW);
  const how: Login = { kind: "github-token" };
  const given = { GITHUB_TOKEN: "ghs_canary" };
  assert.deepEqual(await login(clouds, how, { ...given, GITHUB_ACTOR: "octocat" }), {
    username: "octocat",
    password: "ghs_canary",
  });
  assert.equal((await login(clouds, how, given)).username, "x-access-token");
  await assert.rejects(login(clouds, how, {}), { code: "LOGIN_TOKEN_MISSING" });
});

type Turn = (clouds: TestClouds) => void;
const stranger: Turn = ({ state }) => {
  state.trusted = "repo:acme/other:ref:refs/heads/main";
};
const REFUSALS: readonly (readonly [what: string, how: Login, turn: Turn, code: string, detail: RegExp])[] = [
  [
    "subject, Azure",
    azure,
    stranger,
    "LOGIN_NOT_TRUSTED",
    /^AADSTS700213: No matching .*'repo:acme\/app:ref:refs\/heads\/main'\.$/,
  ],
  ["subject, Alibaba Cloud", aliyun, stranger, "LOGIN_NOT_TRUSTED", /^AuthenticationFail\.NoPermission /],
  ["subject, AWS", aws, stranger, "LOGIN_NOT_TRUSTED", /^AccessDenied Not authorized/],
  ["subject, Google", google, stranger, "LOGIN_NOT_TRUSTED", /^unauthorized_client .*attribute condition/],
  ["audience, Azure", { ...azure, audience: "other" }, () => {}, "LOGIN_NOT_TRUSTED", /^AADSTS700212: /],
  ["audience, AWS", { ...aws, audience: "other" }, () => {}, "LOGIN_NOT_TRUSTED", /^InvalidIdentityToken /],
  ["audience, Google", { ...google, audience: "other" }, () => {}, "LOGIN_NOT_TRUSTED", /^invalid_grant /],
  ["client, Azure", { ...azure, client: "other" }, () => {}, "LOGIN_REFUSED", /^AADSTS700016: /],
  ["tenant, Azure", { ...azure, tenant: "other" }, () => {}, "LOGIN_REFUSED", /^AADSTS90002: /],
  ["role, Alibaba Cloud", { ...aliyun, role: "other" }, () => {}, "LOGIN_REFUSED", /^EntityNotExist\.Role /],
  ["instance, Alibaba Cloud", { ...aliyun, instance: "cri-other" }, () => {}, "LOGIN_REFUSED", /^INSTANCE_NOT_EXIST /],
  ["role, AWS", { ...aws, role: "other" }, () => {}, "LOGIN_REFUSED", /^ValidationError Request ARN is invalid$/],
  ["provider, Google", { ...google, provider: "other" }, () => {}, "LOGIN_REFUSED", /^invalid_target /],
  ["account, Google", { ...google, serviceAccount: "other" }, () => {}, "LOGIN_REFUSED", /^NOT_FOUND /],
  ["right, Azure", azure, lacking("acr"), "LOGIN_RIGHT_MISSING", /^UNAUTHORIZED /],
  ["right, Alibaba Cloud", aliyun, lacking("cr"), "LOGIN_RIGHT_MISSING", /^NoPermission /],
  ["right, Alibaba Cloud, Personal", aliyunPersonal, lacking("cr"), "LOGIN_RIGHT_MISSING", /^NO_PERMISSION /],
  ["right, AWS", aws, lacking("ecr"), "LOGIN_RIGHT_MISSING", /^AccessDeniedException User is not authorized/],
  ["right, Google", google, lacking("impersonate"), "LOGIN_RIGHT_MISSING", /^PERMISSION_DENIED /],
];

function lacking(right: "acr" | "cr" | "ecr" | "impersonate"): Turn {
  return ({ state }) => void state.lacking.add(right);
}

for (const [what, how, turn, code, detail] of REFUSALS) {
  test(`a refusal is told in the vendor's words, once: ${what}`, async () => {
    await using clouds = await startClouds(NOW);
    turn(clouds);
    const error = await failureOf(login(clouds, how), clouds);
    assert.equal(error.code, code);
    assert.match(String(error.facts.detail), detail);
    assert.equal(error.retryable, false);
    assert.deepEqual(clouds.state.violations, []);
    const services = clouds.state.requests.map(({ service }) => service);
    assert.equal(new Set(services).size, services.length);
    if (code === "LOGIN_NOT_TRUSTED") assert.equal(error.facts.subject, "repo:acme/app:ref:refs/heads/main");
  });
}

/** Holds every login's error to quoting nothing that was given out. */
async function failureOf(run: Promise<unknown>, { state }: TestClouds): Promise<SlipwayError> {
  const error = await run.then(
    () => assert.fail("it went well"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SlipwayError, String(error));
  assert.equal(error.facts.origin, ORIGIN);
  const shown = JSON.stringify([error.message, error.facts, error.stack, String(error.cause)]);
  for (const secret of state.issued) assert.ok(!shown.includes(secret), shown);
  return error;
}

for (const [name, how, , , asked] of WAYS) {
  test(`${name}: what passes is tried again, and only that`, async () => {
    await using clouds = await startClouds(NOW);
    for (const service of asked) {
      clouds.state.faults.add({ service, times: 1, answer: { status: 503, body: "canary" } });
      clouds.state.faults.add({ service, times: 1, answer: "cut" });
    }
    await login(clouds, how);
    for (const service of asked) assert.equal(clouds.count(service), 3, service);
  });

  for (const service of asked) {
    test(`${name}: ${service} that stays away, limits or talks nonsense`, async () => {
      await using clouds = await startClouds(NOW);
      clouds.state.faults.add({ service, answer: { status: 429, body: "slow down" } });
      const limited = await failureOf(login(clouds, how), clouds);
      assert.deepEqual(
        [limited.code, limited.facts.reason, limited.retryable],
        ["LOGIN_UNREACHABLE", "answer 429", true],
      );
      assert.equal(clouds.count(service), 3);
      for (const body of ["canary", '{"value": 7, "canary": 1}', "<Credentials/>"]) {
        clouds.state.faults.clear();
        clouds.state.faults.add({ service, answer: { status: 200, body } });
        const nonsense = await failureOf(login(clouds, how), clouds);
        assert.equal(nonsense.code, "LOGIN_ANSWER_INVALID");
        assert.doesNotMatch(nonsense.message, /canary/);
      }
      clouds.state.faults.clear();
      const elsewhere = { status: 302, body: "", headers: { location: "https://evil.example/" } };
      clouds.state.faults.add({ service, answer: elsewhere });
      const moved = await failureOf(login(clouds, how), clouds);
      assert.equal(moved.facts.detail, "answer 302");
    });
  }
}

test("a vendor that quotes the token is not repeated", async () => {
  await using clouds = await startClouds(NOW);
  const answer = {
    status: 401,
    get body() {
      const assertion = clouds.state.issued.at(-1);
      return JSON.stringify({ error: "invalid_client", error_description: `Bad ${assertion}, ${assertion}x` });
    },
  };
  clouds.state.faults.add({ service: "microsoft", answer });
  const error = await failureOf(login(clouds, azure), clouds);
  assert.match(String(error.facts.detail), /^invalid_client Bad \*\*\*, \*\*\*x$/);
});

test("without a token of GitHub's it is told why, and nobody is asked", async () => {
  await using clouds = await startClouds(NOW);
  const table: readonly (readonly [environment: Record<string, string>, code: string])[] = [
    [{}, "LOGIN_OUTSIDE_ACTIONS"],
    [{ GITHUB_ACTIONS: "true" }, "ID_TOKEN_NOT_PERMITTED"],
    [{ ...clouds.environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "" }, "ID_TOKEN_NOT_PERMITTED"],
    [{ ...clouds.environment, ACTIONS_ID_TOKEN_REQUEST_URL: "nonsense" }, "ID_TOKEN_NOT_PERMITTED"],
    [{ ...clouds.environment, ACTIONS_ID_TOKEN_REQUEST_URL: "http://192.0.2.1/token" }, "LOGIN_INSECURE"],
    [{ ...clouds.environment, ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1.example/" }, "LOGIN_INSECURE"],
  ];
  for (const [environment, code] of table) {
    for (const [, how] of WAYS) {
      const error = await failureOf(login(clouds, how, environment), clouds);
      assert.equal(error.code, code);
    }
  }
  assert.equal(clouds.state.requests.length, 0);
});

test("a token that the runner does not give away is a missing permission", async () => {
  await using clouds = await startClouds(NOW);
  const environment = { ...clouds.environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "other" };
  const error = await failureOf(login(clouds, azure, environment), clouds);
  assert.deepEqual([error.code, error.facts.right], ["LOGIN_RIGHT_MISSING", "`permissions: id-token: write`"]);
});
