import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { problemsOf } from "../reading/problems.ts";
import { Refusal } from "../refusal.ts";
import { readConfig } from "./load-config.ts";
import { needsGitHubToken, needsIdToken } from "./logins.ts";

function read(entry: string) {
  const text = `version: 1\nregistries:\n  app: ${entry}\n`;
  const file = () => {
    throw new Refusal("there is no such file");
  };
  return readConfig({ file: "slipway.yaml", text }, { variable: () => undefined, file });
}

const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const READ: readonly (readonly [entry: string, prefix: string, login: object])[] = [
  ["{ image: ghcr.io/acme/app, login: github-token }", "ghcr.io/acme/app", { kind: "github-token" }],
  ["{ image: ghcr.io, login: { with: github-token } }", "ghcr.io", { kind: "github-token" }],
  [
    "{ image: a.azurecr.io/app, login: { with: azure-oidc, client: c, tenant: t } }",
    "a.azurecr.io/app",
    { kind: "azure-oidc", client: "c", tenant: "t" },
  ],
  [
    "{ image: a.azurecr.cn, login: { with: azure-oidc, client: c, tenant: t, authority: https://login.chinacloudapi.cn, audience: x } }",
    "a.azurecr.cn",
    { kind: "azure-oidc", client: "c", tenant: "t", authority: "https://login.chinacloudapi.cn", audience: "x" },
  ],
  [
    "{ image: a-registry.cn-hangzhou.cr.aliyuncs.com/a/b, login: { with: aliyun-ram, role: r, provider: p, instance: cri-1 } }",
    "a-registry.cn-hangzhou.cr.aliyuncs.com/a/b",
    { kind: "aliyun-ram", role: "r", provider: "p", region: "cn-hangzhou", instance: "cri-1" },
  ],
  [
    "{ image: registry.cn-shanghai.aliyuncs.com/a, login: { with: aliyun-ram, role: r, provider: p } }",
    "registry.cn-shanghai.aliyuncs.com/a",
    { kind: "aliyun-ram", role: "r", provider: "p", region: "cn-shanghai" },
  ],
  [
    "{ image: registry.example.com/a, login: { with: aliyun-ram, role: r, provider: p, region: cn-beijing } }",
    "registry.example.com/a",
    { kind: "aliyun-ram", role: "r", provider: "p", region: "cn-beijing" },
  ],
  [
    `{ image: ${ECR}/app, login: { with: aws-oidc, role: r } }`,
    `${ECR}/app`,
    { kind: "aws-oidc", role: "r", region: "eu-central-1" },
  ],
  [
    "{ image: europe-docker.pkg.dev/p/r/app, login: { with: gcp-oidc, provider: //iam.googleapis.com/projects/1, serviceAccount: s@x } }",
    "europe-docker.pkg.dev/p/r/app",
    { kind: "gcp-oidc", provider: "projects/1", serviceAccount: "s@x" },
  ],
];

for (const [entry, prefix, login] of READ) {
  test(`a login is read: ${entry}`, () => {
    const { logins = [], credentials, registries } = read(entry);
    const [found] = logins;
    assert.deepEqual(found, { prefix, login, origin: `slipway.yaml:3 (registries.app, ${found?.login.kind})` });
    assert.deepEqual(credentials, []);
    assert.equal(needsIdToken(registries), found?.login.kind !== "github-token");
    assert.equal(needsGitHubToken(registries), found?.login.kind === "github-token");
  });
}

const WRONG: readonly (readonly [entry: string, code: string, key: string])[] = [
  ["{ image: ghcr.io/a, login: password }", "CONFIG_VALUE_INVALID", "registries.app.login"],
  ["{ image: ghcr.io/a, login: [github-token] }", "CONFIG_VALUE_INVALID", "registries.app.login"],
  ["{ image: ghcr.io/a, login: {} }", "CONFIG_KEY_MISSING", "with"],
  ["{ image: a.azurecr.io/a, login: azure-oidc }", "CONFIG_KEY_MISSING", "client, tenant"],
  ["{ image: a.azurecr.io/a, login: { with: azure-oidc, client: c } }", "CONFIG_KEY_MISSING", "tenant"],
  ["{ image: e.com/a, login: { with: aws-oidc, role: r } }", "CONFIG_KEY_MISSING", "region"],
  ["{ image: ghcr.io/a, login: { with: github-token, role: r } }", "CONFIG_VALUE_INVALID", "login.role"],
  ["{ image: e.com/a, login: { with: gcp-oidc, provider: p, tenant: t } }", "CONFIG_VALUE_INVALID", "login.tenant"],
  [
    "{ image: e.com/a, login: { with: aws-oidc, role: r, region: a/b } }",
    "CONFIG_VALUE_INVALID",
    "registries.app.login.region",
  ],
  [
    "{ image: e.com/a, login: { with: azure-oidc, client: c, tenant: t, authority: http://x } }",
    "CONFIG_VALUE_INVALID",
    "registries.app.login.authority",
  ],
  ["{ image: ghcr.io/a, login: github-token, username: a, password: b }", "CONFIG_VALUE_INVALID", "login"],
  ["{ image: ghcr.io/a, login: { with: github-token, clinet: r } }", "CONFIG_KEY_MISSPELT", "clinet"],
];

for (const [entry, code, key] of WRONG) {
  test(`a login that cannot be meant is refused: ${entry}`, () => {
    assert.throws(
      () => read(entry),
      (thrown) => {
        assert.ok(thrown instanceof SlipwayError);
        const found = problemsOf(thrown);
        const keys = found.map(({ facts }) =>
          String(facts.key).replace(/^registries\.app\.login\.(?=client|tenant$)/, ""),
        );
        assert.deepEqual([new Set(found.map((one) => one.code)), keys.join(", ")], [new Set([code]), key]);
        return true;
      },
    );
  });
}

test("what has no login needs nothing of GitHub", () => {
  const { registries } = read("{ image: ghcr.io/a }");
  assert.deepEqual([needsIdToken(registries), needsGitHubToken(registries)], [false, false]);
});
