import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type CredentialStore, staticCredentials } from "../../registry/credentials/index.ts";
import { failure } from "../../words/error.ts";
import { sampleInForce } from "../alarms/sample-daemon.ts";
import { type EndingsMeans, endingsOf } from "./endings.ts";
import { watchEndings } from "./watch.ts";

const END = 1_800_000_000;
const SAS = "https://store.blob.core.windows.net/box?se=2027-01-15T08:00:00Z&sp=rl&sig=canary-signature";
const CONFIG = `source: { azureBlob: "${SAS}" }
mirrors:
  - { from: s.io/app, to: [d.io/app, d.io/other, ghcr.io/acme/app] }
`;

function jwt(exp: number): string {
  return `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ exp })).toString("base64url")}.canary`;
}

function stored(...entries: readonly (readonly [prefix: string, password: string])[]): CredentialStore {
  const table = entries.map(([prefix, password]) => {
    return { prefix, username: "canary-user", password, origin: `slipway.yaml (${prefix})` };
  });
  return staticCredentials("a table", table);
}

/** What ends, and which tokens GitHub was asked about. */
async function found(credentials: CredentialStore, answer: EndingsMeans["tokenEnd"] = async () => undefined) {
  const asked: string[] = [];
  const tokenEnd = (token: string) => {
    asked.push(token);
    return answer(token);
  };
  const endings = await endingsOf(sampleInForce(CONFIG, 0).config, { credentials, tokenEnd });
  assert.doesNotMatch(JSON.stringify(endings), /canary/);
  return { endings, asked };
}

const ALWAYS = { subject: "SAS URL, /srv/shop/slipway.yaml (source.azureBlob)", ends: END * 1000 };

test("what says when it ends is told, each credential once", async () => {
  const { endings, asked } = await found(stored(["d.io", jwt(END)], ["s.io", "canary-password"]));
  assert.deepEqual(endings, [{ subject: "d.io, slipway.yaml (d.io)", ends: END * 1000 }, ALWAYS]);
  assert.deepEqual(asked, []);
});

test("GitHub is asked about personal tokens of its own registry, and about nothing else", async () => {
  const credentials = stored(["ghcr.io", "github_pat_canary"], ["d.io", "ghp_canary"]);
  const { endings, asked } = await found(credentials, async () => new Date(END * 1000));
  assert.deepEqual(endings, [{ subject: "ghcr.io, slipway.yaml (ghcr.io)", ends: END * 1000 }, ALWAYS]);
  assert.deepEqual(asked, ["github_pat_canary"]);
});

test("what GitHub does not tell, and credentials that cannot be had, end nowhere", async () => {
  const { endings } = await found(stored(["ghcr.io", "ghp_canary"]), async () => {
    throw failure("GITHUB_UNAUTHORIZED", { host: "api.github.com", operation: "x", origin: "x", detail: "x" });
  });
  assert.deepEqual(endings, [ALWAYS]);
  const broken: CredentialStore = {
    credential: async (host) => {
      throw failure("CREDENTIAL_HELPER_FAILED", { helper: "docker-credential-x", host, reason: "exit code 1" });
    },
  };
  assert.deepEqual((await found(broken)).endings, [ALWAYS]);
});

test("what is renewed by itself is not spoken of", async () => {
  const renewed: CredentialStore = {
    credential: async () => {
      return { kind: "basic", username: "u", password: jwt(END), origin: "a login", ends: new Date(END * 1000) };
    },
  };
  assert.deepEqual((await found(renewed)).endings, [ALWAYS]);
});

test("it is looked for once a day, and when another configuration counts", async () => {
  let inForce = sampleInForce(CONFIG, 0);
  let now = 0;
  let looks = 0;
  const credentials = () => {
    looks += 1;
    return stored(["d.io", jwt(END)]);
  };
  const logger = { info: () => undefined, warn: () => undefined };
  const control = { inForce: () => inForce, now: () => now, version: "0.0.0" };
  const watch = watchEndings(control, { environment: {}, credentials, logger, every: 2 });
  const settle = async (expected: number) => {
    for (let tries = 0; tries < 300 && looks < expected; tries += 1) await sleep(2);
    await sleep(20);
    assert.equal(looks, expected);
  };
  assert.equal(watch.known(), undefined);
  await settle(1);
  assert.equal(watch.known()?.length, 2);
  now += 24 * 3_600_000;
  await settle(2);
  inForce = sampleInForce(CONFIG, now);
  await settle(3);
  await watch.close();
});
