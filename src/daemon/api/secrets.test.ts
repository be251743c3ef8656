import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { failure } from "../../words/error.ts";
import { ROUTES } from "./routes/all.ts";
import { HOST, sampleApi } from "./sample-api.ts";

const CANARIES = {
  HOOK_SECRET: "canary-hook-secret",
  GH_SECRET: "canary-github-secret",
  PASSWORD: "canary-password",
  CHANNEL: "https://hooks.invalid/services/canary-channel-path",
  CHANNEL_SECRET: "canary-channel-secret",
  SMTP: "smtps://user:canary-smtp@mail.invalid",
};

const CONFIG = `
name: shop
registries:
  one: { image: "one.example/acme/app", username: robot, password: "\${PASSWORD}" }
serve:
  webhooks:
    hub: { kind: docker-hub, secret: "\${HOOK_SECRET}" }
    gh: { kind: github, secret: "\${GH_SECRET}" }
mirrors:
  - { name: app, from: docker.io/acme/app, to: one.example/acme/app, every: 10m }
notify:
  - { webhook: "\${CHANNEL}", name: ops, secret: "\${CHANNEL_SECRET}" }
  - { email: { smtp: "\${SMTP}", from: a@shop.invalid, to: b@shop.invalid }, name: mail }
`;

test("S23: no secret is in any answer, header, metric or line of the log", async () => {
  await using sample = await sampleApi(CONFIG, { environment: CANARIES });
  const { daemon, log, token, ask } = sample;
  const facts = { host: "one.example", reason: "reset", operation: "push" };
  await daemon.endRun("app", { state: "failed", error: { code: "CONNECTION_LOST", facts, retryable: true } });
  daemon.inForce = {
    ...daemon.inForce,
    refused: failure("CONFIG_UNREADABLE", { file: "slipway.yaml", reason: "gone" }),
  };
  const page = { origin: `http://${HOST}` };
  const login = await ask("/api/v1/session", { method: "POST", token: null, body: { token }, headers: page });
  const cookie = login.headers.get("set-cookie")?.split(";")[0] ?? "";
  const [run] = await daemon.store.runs.list({ limit: 1 });
  const told: string[] = [];
  const hear = async (answer: Response) => {
    const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    told.push(JSON.stringify([...answer.headers]), isStream ? "" : await answer.text());
    if (isStream) await answer.body?.cancel();
  };
  for (const { method, path } of ROUTES) {
    const address = path
      .replace(/:mirror\{.*/, "app.svg")
      .replace(":mirror", "app")
      .replace(":run", run?.id ?? "")
      .replace(":channel", "ops")
      .replace(":hook/:token", `hub/${CANARIES.HOOK_SECRET}`)
      .replace(":hook", "hub")
      .replace(":token", "none");
    const asked = { method: method.toUpperCase(), ...(method === "post" && { body: "{" }) };
    for (const bearer of [undefined, null, `wrong-${token}`])
      await hear(await ask(address, { ...asked, token: bearer }));
    await hear(await ask(address, { ...asked, token: null, headers: { cookie, ...page } }));
  }
  for (const channel of ["ops", "mail"]) await hear(await ask(`/api/v1/channels/${channel}/test`, { method: "POST" }));
  const body = JSON.stringify({ push_data: { tag: "1" }, repository: { repo_name: "acme/app" } });
  await hear(await ask(`/hooks/hub?token=${CANARIES.HOOK_SECRET}`, { method: "POST", token: null, body }));
  const signature = createHmac("sha256", CANARIES.GH_SECRET).update("{}").digest("hex");
  const headers = { "x-hub-signature-256": `sha256=${signature}` };
  await hear(await ask("/hooks/gh", { method: "POST", token: null, body: "{}", headers }));
  assert.ok(told.length > 200);
  const logged = JSON.stringify(log);
  assert.ok(logged.length > 10_000);
  for (const canary of ["canary", token, cookie.split("=")[1] ?? "", signature]) {
    assert.ok(canary.length >= 6);
    assert.ok(!logged.includes(canary), `the log holds ${canary}`);
    const found = told.find((one) => one.includes(canary));
    assert.equal(found, undefined, `an answer holds ${canary}`);
  }
});
