import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Auth, randomImage, startRegistry, type TestRegistry } from "../../testing/index.ts";
import { run } from "../run.ts";
import type { Finding } from "./finding.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-doctor-"));
});
after(() => rm(folder, { recursive: true }));

async function doctor(config: string, ...argv: readonly string[]) {
  const file = join(folder, "slipway.yaml");
  await writeFile(file, `version: 1\n${config}`);
  const written = { out: "", err: "" };
  const exit = await run(["doctor", "--config", file, ...argv], {
    environment: { HOME: folder, PATH: "", LANG: "C" },
    out: { write: (text) => (written.out += String(text)) },
    err: { write: (text) => (written.err += String(text)) },
    signal: new AbortController().signal,
    version: "1.2.3",
  });
  assert.doesNotMatch(written.out, /canary/);
  return { exit, ...written };
}

type Check = Finding & { readonly ok: boolean };

async function checks(config: string): Promise<{ exit: number; ok: boolean; checks: readonly Check[] }> {
  const { exit, out } = await doctor(config, "--json");
  return { exit, ...JSON.parse(out) };
}

const of = (name: Finding["check"], all: readonly Check[]) => all.filter(({ check }) => check === name);

const READER: Auth = {
  kind: "basic",
  users: { ann: "canary" },
  allow: (user, _, action) => user === "ann" && action === "pull",
};

function entry({ host }: TestRegistry, password = "canary"): string {
  return `registries: { app: { image: ${host}/team/app, username: ann, password: "${password}" } }\n`;
}

test("doctor: an entry of registries is asked, pushed to, and left as it was", async () => {
  await using registry = await startRegistry({ auth: { kind: "basic", users: { ann: "canary" } } });
  const { exit, ok, checks: all } = await checks(entry(registry));
  assert.deepEqual([exit, ok], [0, true]);
  const { host } = registry;
  assert.deepEqual(
    all
      .filter(({ check }) => !["node", "config", "cache"].includes(check))
      .map(({ check, level, ok, text }) => [check, level, ok, text]),
    [
      ["registry", "ok", true, `${host}: http, basic login`],
      [
        "destination",
        "ok",
        true,
        `${host}/team/app, with credentials from ${join(folder, "slipway.yaml")}:2 (registries.app)`,
      ],
      ["push", "ok", true, `${host}/team/app may be pushed to`],
      [
        "capabilities",
        "ok",
        true,
        `${host}: referrers API yes (asked), deletion of tags unknown, digests in bulk unknown, API version registry/2.0 (asked)`,
      ],
    ],
  );
  assert.equal(registry.openUploads, 0);
  assert.deepEqual(registry.repositories(), []);
});

test("doctor: a destination that may be read and not pushed to fails as a run would", async () => {
  await using registry = await startRegistry({ auth: READER });
  await using source = await startRegistry();
  await source.put("a/b", await randomImage({ seed: "b" }), "v1");
  const mirrors = `mirrors: [{ from: "${source.host}/a/b:v1", to: app }]\n`;
  const { exit, ok, checks: all } = await checks(entry(registry) + mirrors);
  assert.deepEqual([exit, ok], [4, false]);
  assert.deepEqual(
    all.filter(({ level }) => level !== "ok").map(({ check, ok, code, hint }) => [check, ok, code, hint]),
    [
      [
        "push",
        false,
        "DENIED",
        "the same credentials may read there: give the account, or the token, the right to push",
      ],
    ],
  );
  assert.equal(of("destination", all).length, 1);
  assert.equal(registry.requests.count("POST"), 1);
});

test("doctor: what a mirror only reads from is not pushed to", async () => {
  await using registry = await startRegistry({ auth: READER });
  await using other = await startRegistry();
  await registry.put("team/app", await randomImage({ seed: "app" }), "v1");
  const mirrors = `mirrors: [{ from: "app:v1", to: "${other.host}/a/b" }]\n`;
  const { exit, checks: all } = await checks(entry(registry) + mirrors);
  assert.equal(exit, 0);
  assert.deepEqual(
    of("push", all).map(({ text }) => text),
    [`${other.host}/a/b may be pushed to`],
  );
  assert.equal(registry.requests.count("POST"), 0);
});

test("doctor: an upload that cannot be cancelled is told of", async () => {
  await using registry = await startRegistry({ cancelsUploads: false });
  const { exit, checks: all } = await checks(`registries: { app: { image: ${registry.host}/team/app } }\n`);
  assert.equal(exit, 0);
  assert.match(
    of("push", all)[0]?.text ?? "",
    /stays until it expires there \(UNSUPPORTED DELETE is not supported here\)$/,
  );
});

test("doctor: a warning shows, and fails nothing", async () => {
  const end = Math.round(Date.now() / 1000) + 3 * 24 * 60 * 60;
  const token = `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ exp: end })).toString("base64url")}.canary`;
  await using registry = await startRegistry({ auth: { kind: "basic", users: { ann: token } } });
  const { exit, out } = await doctor(entry(registry, token));
  assert.equal(exit, 0, out);
  const date = new Date(end * 1000).toISOString().slice(0, 16).replace("T", " ");
  assert.match(out, new RegExp(`^! Credential +${registry.host}: from .*, valid until ${date} UTC$`, "m"));
  assert.match(out, /^ +renew it before that, where it is kept$/m);
  assert.match(out, /\nfine for now; warnings: 1\n$/);
  const coloured = await doctor(entry(registry, token), "--color", "always");
  assert.ok(coloured.out.includes("\u001b[33m!\u001b[39m Credential"));
  const { ok, checks: all } = await checks(entry(registry, token));
  assert.equal(ok, true);
  assert.deepEqual(
    of("credential", all).map(({ ok, level }) => [ok, level]),
    [[true, "warning"]],
  );
});

test("doctor: the project's folder is looked at where something is published", async () => {
  await using registry = await startRegistry();
  const entries = `registries: { app: { image: ${registry.host}/team/app } }\n`;
  const without = await checks(entries);
  assert.deepEqual(of("room", without.checks), []);
  const { checks: all } = await checks(`${entries}tags: ["{{version}}"]\n`);
  assert.match(of("room", all)[0]?.text ?? "", /^[\d.]+ [GT]B free in .*\/\.slipway$/);
});

test("doctor: in Chinese, too", async () => {
  await using registry = await startRegistry();
  const { out } = await doctor(`registries: { app: { image: ${registry.host}/team/app } }\n`, "--lang", "zh-CN");
  assert.match(out, new RegExp(`^✓ 推送 +有权推送到 ${registry.host}/team/app$`, "m"));
  assert.match(out, /referrers API 是（已询问），删除标签 未知/);
});
