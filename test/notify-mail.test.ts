import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { type Channel, createPacer, type Delivery, type Message, type SendOptions, send } from "../src/notify/index.ts";
import { makeAuthority } from "../src/testing/index.ts";
import { wordsOf } from "../src/words/words.ts";
import { startMail } from "./support/mail.ts";

const QUICK = { environment: {}, userAgent: "slipway/test", backOffMilliseconds: 10, pacer: createPacer() } as const;

const message: Message = {
  id: "msg_0001",
  type: "slipway.release.failed",
  time: new Date("2026-01-02T03:04:05Z"),
  state: "failed",
  title: "Failed: release of app 1.2.3",
  facts: [{ key: "digest", label: "Digest", value: "sha256:23e3d210ffc4" }],
  lines: ["continue with: slipway release 1.2.3"],
  links: [{ text: "Run", url: "https://github.com/acme/app/actions/runs/42" }],
  cutMark: "… (cut)",
  data: {},
};

async function sendOne(channel: Channel, what = message, options: Partial<SendOptions> = {}): Promise<Delivery> {
  const [delivery] = await send([channel], () => what, "en", { ...QUICK, ...options });
  assert.ok(delivery !== undefined);
  return delivery;
}

/** All that anybody could be shown of a delivery. */
function shown(delivery: Delivery): string {
  if (delivery.ok) return "";
  const { error } = delivery;
  const cause = error.cause instanceof Error ? error.cause.stack : undefined;
  return inspect([error.facts, wordsOf("en").error(error), wordsOf("zh-CN").error(error), cause], { depth: 9 });
}

function codeOf(delivery: Delivery): string {
  return delivery.ok ? "ok" : delivery.error.code;
}

const mailTo = (smtp: string): Channel => ({
  kind: "email",
  name: "mail",
  on: ["failed"],
  smtp,
  from: "Slipway <ci@example.org>",
  to: ["ann@example.org", "bob@example.org"],
});

test("email: a mail is handed in with what it has to say", async () => {
  await using server = await startMail();
  assert.equal(codeOf(await sendOne(mailTo(server.url))), "ok");
  const [mail = ""] = server.mails;
  assert.equal(server.mails.length, 1);
  assert.match(mail, /^From: Slipway <ci@example.org>\r$/m);
  assert.match(mail, /^To: ann@example.org, bob@example.org\r$/m);
  assert.match(mail, /^Message-ID: <msg_0001@slipway.invalid>\r$/m);
  assert.match(mail, /^Auto-Submitted: auto-generated\r$/m);
  assert.match(mail, /Digest: sha256:23e3d210ffc4/);
});

test("email: a header cannot be begun from a title", async () => {
  await using server = await startMail();
  assert.equal(codeOf(await sendOne(mailTo(server.url), { ...message, title: "x\r\nBcc: eve@example.org" })), "ok");
  assert.doesNotMatch(server.mails[0]?.split("\r\n\r\n")[0] ?? "", /^Bcc:/m);
});

test("email: what may go better is tried again with the same id, what is refused for good is not", async () => {
  await using server = await startMail();
  server.fail(451, 2);
  assert.equal(codeOf(await sendOne(mailTo(server.url))), "ok");
  assert.equal(server.sessions, 3);
  server.fail(550, 9);
  const refused = await sendOne(mailTo(server.url));
  assert.equal(codeOf(refused), "NOTIFY_REFUSED");
  assert.equal(server.sessions, 4);
  const wrong = await sendOne(mailTo(server.url.replace(/:[^:@]+@/, ":canary-wrong@")));
  assert.equal(codeOf(wrong), "NOTIFY_REFUSED");
  for (const delivery of [refused, wrong]) assert.doesNotMatch(shown(delivery), /canary/);
});

test("email: where only public addresses may be reached, others are refused before anything is sent", async () => {
  await using server = await startMail();
  for (const host of ["127.0.0.1", "localhost"]) {
    const delivery = await sendOne(mailTo(server.url.replace("127.0.0.1", host)), message, { mayReach: () => false });
    assert.equal(codeOf(delivery), "NOTIFY_INTERNAL");
  }
  assert.equal(server.sessions, 0);
  assert.equal(codeOf(await sendOne(mailTo(server.url), message, { mayReach: () => true })), "ok");
});

test("email: TLS is verified", async () => {
  await using authority = await makeAuthority();
  await using server = await startMail({ tls: authority.server });
  const untrusted = await sendOne(mailTo(server.url), message, { tries: 1 });
  assert.equal(codeOf(untrusted), "NOTIFY_UNREACHABLE");
  assert.equal(server.sessions, 0);
  assert.equal(codeOf(await sendOne(mailTo(server.url), message, { ca: authority.ca })), "ok");
});
