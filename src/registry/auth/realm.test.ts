import assert from "node:assert/strict";
import { test } from "node:test";
import { SlipwayError } from "../../words/error.ts";
import { checkRealm } from "./realm.ts";

interface Case {
  readonly host: string;
  readonly realm: string;
  readonly base?: string;
  readonly allowed?: string;
  readonly secret?: boolean;
}

const check = ({ host, realm, base, allowed, secret = true }: Case) =>
  checkRealm({
    host,
    base: new URL(base ?? `https://${host}`),
    realm,
    secret,
    ...(allowed !== undefined && { allowed }),
  });

const ALLOWED: readonly Case[] = [
  { host: "ghcr.io", realm: "https://ghcr.io/token" },
  { host: "docker.io", base: "https://registry-1.docker.io", realm: "https://auth.docker.io/token" },
  { host: "registry.gitlab.com", realm: "https://gitlab.com/jwt/auth" },
  { host: "registry.cn-hangzhou.aliyuncs.com", realm: "https://dockerauth.cn-hangzhou.aliyuncs.com/auth" },
  { host: "hagicode.azurecr.io", realm: "https://hagicode.azurecr.io/oauth2/token" },
  // S3: a private registry's own host
  { host: "10.0.0.5:5000", realm: "https://10.0.0.5:5001/auth" },
  { host: "127.0.0.1:5000", base: "http://127.0.0.1:5000", realm: "http://127.0.0.1:5001/auth" },
  // said so by a person
  { host: "registry.corp.example", realm: "https://login.corp.example/auth", allowed: "https://login.corp.example/" },
  // nothing to lose
  { host: "registry.example.com", realm: "https://login.example.net/auth", secret: false },
];

const REFUSED: readonly (readonly [given: Case, reason: RegExp])[] = [
  [{ host: "ghcr.io", realm: "/token" }, /not a URL/],
  [{ host: "ghcr.io", realm: "http://ghcr.io/token" }, /plain HTTP/],
  [{ host: "ghcr.io", realm: "https://user:secret@ghcr.io/token" }, /user name/],
  [{ host: "ghcr.io", realm: "file:///etc/passwd" }, /not an HTTP/],
  [{ host: "ghcr.io", realm: "https://evil.example/token" }, /not known/],
  [{ host: "ghcr.io", realm: "https://ghcr.io.evil.example/token" }, /not known/],
  [
    { host: "docker.io", base: "https://registry-1.docker.io", realm: "https://auth.docker.io.evil.example/token" },
    /not known/,
  ],
  [{ host: "one.azurecr.io", realm: "https://two.azurecr.io/oauth2/token" }, /not known/],
  [{ host: "ghcr.io", realm: "http://169.254.169.254/latest" }, /plain HTTP/],
  [{ host: "127.0.0.1:5000", base: "http://127.0.0.1:5000", realm: "http://10.0.0.1/auth" }, /another host/],
  [{ host: "a.example", realm: "https://b.example/other", allowed: "https://b.example/auth" }, /not known/],
];

test("S3, S4: token servers that belong to a registry are used", () => {
  for (const given of ALLOWED) assert.equal(check(given).href, new URL(given.realm).href);
});

test("S1, S4: others are refused, and nothing is sent", () => {
  for (const [given, reason] of REFUSED) {
    const fits = (error: unknown) =>
      error instanceof SlipwayError && error.code === "REALM_REFUSED" && reason.test(String(error.facts.reason));
    assert.throws(() => check(given), fits, given.realm);
  }
});
