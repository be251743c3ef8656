import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { inspect } from "node:util";
import { makeAuthority, type Receiver, type ReceiverFault, startNotifyReceiver } from "../testing/index.ts";
import { SlipwayError } from "../words/error.ts";
import { wordsOf } from "../words/words.ts";
import type { Channel, HookChannel, HookKind } from "./channel.ts";
import type { Message } from "./message.ts";
import type { Pacer } from "./pacer.ts";
import { preview } from "./preview.ts";
import { type Delivery, type SendOptions, send } from "./send.ts";

const SECRET = "canary-secret-9f8e7d";
const SIGNED: readonly HookKind[] = ["feishu", "dingtalk", "webhook"];
const KINDS: readonly HookKind[] = ["feishu", "dingtalk", "wecom", "slack", "webhook"];
const UNHURRIED: Pacer = { turn: async () => undefined };
const QUICK = { environment: {}, userAgent: "slipway/test", backOffMilliseconds: 10, pacer: UNHURRIED } as const;

const message: Message = {
  id: "msg_0001",
  type: "slipway.release.failed",
  time: new Date("2026-01-02T03:04:05Z"),
  state: "failed",
  title: "Failed: release of app 1.2.3",
  facts: [
    { key: "version", label: "Version", value: "1.2.3" },
    { key: "digest", label: "Digest", value: "sha256:23e3d210ffc4" },
  ],
  lines: ["push aliyun: no room <@all> [here](https://evil.example) & *there*", "continue with: slipway release 1.2.3"],
  links: [{ text: "Run", url: "https://github.com/acme/app/actions/runs/42" }],
  cutMark: "… (cut)",
  data: { project: "app", version: "1.2.3" },
};

function channelOf(kind: HookKind, { url, secret }: Pick<Receiver, "url" | "secret">): HookChannel {
  return { kind, name: `my-${kind}`, on: ["failed"], url, ...(secret !== undefined && { secret }) };
}

async function sendOne(channel: Channel, what = message, options: Partial<SendOptions> = {}): Promise<Delivery> {
  const [delivery] = await send([channel], () => what, "en", { ...QUICK, ...options });
  assert.ok(delivery !== undefined);
  return delivery;
}

/** All that anybody could be shown of a delivery. */
function shown(delivery: Delivery): string {
  const error = delivery.ok ? undefined : delivery.error;
  const said = error instanceof SlipwayError ? [wordsOf("en").error(error), wordsOf("zh-CN").error(error)] : [];
  return inspect([delivery, said, error?.cause instanceof Error ? error.cause.stack : undefined], { depth: 9 });
}

function codeOf(delivery: Delivery): string {
  return delivery.ok ? "ok" : delivery.error.code;
}

const start = (kind: HookKind) => startNotifyReceiver[kind](SIGNED.includes(kind) ? { secret: SECRET } : {});

for (const kind of KINDS) {
  test(`${kind}: a message is taken, by one request`, async () => {
    await using receiver = await start(kind);
    assert.deepEqual(await sendOne(channelOf(kind, receiver)), { channel: kind, name: `my-${kind}`, ok: true });
    assert.equal(receiver.requests.length, 1);
    assert.equal(receiver.taken.length, 1);
    const said = JSON.stringify(receiver.taken[0]);
    for (const part of ["Failed: release of app 1.2.3", "sha256:23e3d210ffc4", "runs/42"])
      assert.ok(said.includes(part), said);
    assert.equal(receiver.requests[0]?.headers["user-agent"], "slipway/test");
  });

  test(`${kind}: a message that is too long is cut between characters, marked, and taken`, async () => {
    await using receiver = await start(kind);
    for (const text of ["长", '"\\\n', "👩‍👩‍👧‍👦", "a"]) {
      const long = { ...message, lines: [text.repeat(30_000)] };
      assert.equal(codeOf(await sendOne(channelOf(kind, receiver), long)), "ok", text);
      const body = receiver.requests.at(-1)?.body ?? "";
      assert.ok(body.includes("… (cut)"), text);
      assert.ok(!body.includes("\ufffd"));
      assert.ok(!/\u200d… /.test(body), "a family is not torn apart");
    }
    assert.equal(receiver.taken.length, 4);
  });

  test(`${kind}: the wrong secret, or address, is told without being shown`, async () => {
    await using receiver = await start(kind);
    const wrong = { ...channelOf(kind, receiver), url: receiver.url.replace(receiver.token, "canary-other-000000") };
    const delivery = await sendOne(wrong);
    assert.equal(codeOf(delivery), "NOTIFY_REFUSED");
    assert.doesNotMatch(shown(delivery), /canary/);
    assert.equal(receiver.requests.length, 1, "what is refused for good is not tried again");
    if (!SIGNED.includes(kind)) return;
    const unsigned = await sendOne({ ...channelOf(kind, receiver), secret: "canary-wrong-secret" });
    assert.equal(codeOf(unsigned), "NOTIFY_REFUSED");
    assert.doesNotMatch(shown(unsigned), /canary/);
    assert.equal(receiver.taken.length, 0);
  });

  test(`${kind}: what is shown beforehand holds neither address nor signature`, () => {
    const url = `https://hooks.example.com/canary-path?key=canary-key`;
    const { host, signed, payload } = preview(
      channelOf(kind, { url, secret: SIGNED.includes(kind) ? SECRET : undefined }),
      message,
    );
    assert.equal(host, "hooks.example.com");
    assert.equal(signed, SIGNED.includes(kind));
    assert.doesNotMatch(JSON.stringify(payload), /canary|sign"/);
    assert.ok(JSON.stringify(payload).includes("Failed: release of app 1.2.3"));
  });
}

const answer = (status: number, body = "", headers: Record<string, string> = {}): ReceiverFault => ({
  kind: "answer",
  status,
  body,
  headers,
});
const AWAY = "https://elsewhere.example/canary-elsewhere";

const FAULTS: readonly {
  readonly name: string;
  readonly kind: HookKind;
  readonly fault: ReceiverFault;
  readonly times: number;
  readonly code: string;
  readonly requests: number;
}[] = [
  { name: "500 once", kind: "feishu", fault: answer(500), times: 1, code: "ok", requests: 2 },
  { name: "500 twice", kind: "webhook", fault: answer(503), times: 2, code: "ok", requests: 3 },
  {
    name: "500 for ever",
    kind: "slack",
    fault: answer(500, "rollup_error"),
    times: 9,
    code: "NOTIFY_BUSY",
    requests: 3,
  },
  {
    name: "200 with an error inside",
    kind: "feishu",
    fault: answer(200, '{"code":19024,"msg":"Key Words Not Found"}'),
    times: 1,
    code: "NOTIFY_REFUSED",
    requests: 1,
  },
  {
    name: "200 with an error inside",
    kind: "dingtalk",
    fault: answer(200, '{"errcode":310000,"errmsg":"keywords not in content"}'),
    times: 1,
    code: "NOTIFY_REFUSED",
    requests: 1,
  },
  {
    name: "200 with an error inside",
    kind: "wecom",
    fault: answer(200, '{"errcode":93000,"errmsg":"invalid webhook url"}'),
    times: 1,
    code: "NOTIFY_REFUSED",
    requests: 1,
  },
  {
    name: "200 that is not ok",
    kind: "slack",
    fault: answer(200, "<html>"),
    times: 1,
    code: "NOTIFY_REFUSED",
    requests: 1,
  },
  {
    name: "200 with a page of somebody else",
    kind: "dingtalk",
    fault: answer(200, "<html>log in</html>"),
    times: 1,
    code: "NOTIFY_REFUSED",
    requests: 1,
  },
  {
    name: "busy inside",
    kind: "feishu",
    fault: answer(200, '{"code":11232,"msg":"frequency limited"}'),
    times: 1,
    code: "ok",
    requests: 2,
  },
  {
    name: "busy inside",
    kind: "wecom",
    fault: answer(200, '{"errcode":-1,"errmsg":"system busy"}'),
    times: 1,
    code: "ok",
    requests: 2,
  },
  {
    name: "a limit inside",
    kind: "dingtalk",
    fault: answer(200, '{"errcode":410100,"errmsg":"send too fast"}'),
    times: 1,
    code: "NOTIFY_LIMITED",
    requests: 1,
  },
  {
    name: "a limit inside",
    kind: "wecom",
    fault: answer(200, '{"errcode":45009,"errmsg":"api freq out of limit"}'),
    times: 1,
    code: "NOTIFY_LIMITED",
    requests: 1,
  },
  {
    name: "429 with a time",
    kind: "slack",
    fault: answer(429, "rate_limited", { "retry-after": "0" }),
    times: 1,
    code: "ok",
    requests: 2,
  },
  {
    name: "429 without a time",
    kind: "slack",
    fault: answer(429, "rate_limited"),
    times: 1,
    code: "NOTIFY_LIMITED",
    requests: 1,
  },
  {
    name: "429 with a long time",
    kind: "slack",
    fault: answer(429, "", { "retry-after": "600" }),
    times: 1,
    code: "NOTIFY_LIMITED",
    requests: 1,
  },
  { name: "gone", kind: "webhook", fault: answer(410), times: 1, code: "NOTIFY_REFUSED", requests: 1 },
  {
    name: "a redirect",
    kind: "webhook",
    fault: answer(302, "", { location: AWAY }),
    times: 9,
    code: "NOTIFY_REDIRECTED",
    requests: 1,
  },
  {
    name: "a redirect that keeps the method",
    kind: "feishu",
    fault: answer(307, "", { location: AWAY }),
    times: 9,
    code: "NOTIFY_REDIRECTED",
    requests: 1,
  },
  { name: "a cut connection", kind: "dingtalk", fault: { kind: "cut" }, times: 1, code: "ok", requests: 2 },
  { name: "cut for ever", kind: "wecom", fault: { kind: "cut" }, times: 9, code: "NOTIFY_UNREACHABLE", requests: 3 },
  { name: "no answer once", kind: "feishu", fault: { kind: "hang" }, times: 1, code: "ok", requests: 2 },
  { name: "no answer", kind: "slack", fault: { kind: "hang" }, times: 9, code: "NOTIFY_UNREACHABLE", requests: 3 },
];

for (const { name, kind, fault, times, code, requests } of FAULTS) {
  test(`${kind}: ${name} → ${code} after ${requests}`, async () => {
    await using receiver = await start(kind);
    receiver.fail(fault, times);
    const delivery = await sendOne(channelOf(kind, receiver), message, { milliseconds: 300 });
    assert.equal(codeOf(delivery), code, shown(delivery));
    assert.equal(receiver.requests.length, requests);
    assert.equal(receiver.taken.length, code === "ok" ? 1 : 0);
    assert.doesNotMatch(shown(delivery), /canary/);
  });
}

test("webhook: every try has the same id and body, and a signature of its own", async () => {
  for (const secret of [SECRET, `whsec_${Buffer.from("canary-key-of-24-bytes-and-more").toString("base64")}`]) {
    await using receiver = await startNotifyReceiver.webhook({ secret });
    receiver.fail(answer(500), 2);
    assert.equal(codeOf(await sendOne(channelOf("webhook", receiver))), "ok");
    assert.deepEqual(
      receiver.requests.map(({ headers }) => headers["webhook-id"]),
      ["msg_0001", "msg_0001", "msg_0001"],
    );
    assert.equal(new Set(receiver.requests.map(({ body }) => body)).size, 1);
    for (const { headers } of receiver.requests) assert.match(headers["webhook-signature"] ?? "", /^v1,/);
  }
});

test("webhook: what a program gets", async () => {
  await using receiver = await startNotifyReceiver.webhook();
  await sendOne(channelOf("webhook", receiver));
  const { state, title, facts, lines, links } = message;
  assert.deepEqual(receiver.taken, [
    {
      type: "slipway.release.failed",
      timestamp: "2026-01-02T03:04:05.000Z",
      data: { project: "app", version: "1.2.3", state, title, facts, lines, links },
    },
  ]);
  assert.equal(receiver.requests[0]?.headers["webhook-signature"], undefined);
});

test("text from elsewhere makes neither a mention nor a link", async () => {
  const said = new Map<HookKind, string>();
  for (const kind of KINDS) {
    await using receiver = await start(kind);
    await sendOne(channelOf(kind, receiver));
    said.set(kind, receiver.requests[0]?.body ?? "");
  }
  for (const kind of ["dingtalk", "wecom"] as const) {
    assert.ok(said.get(kind)?.includes("no room ＜@all＞ ［here］(https://evil.example) & ＊there＊"), said.get(kind));
  }
  // Slack and Feishu have a kind of text in which signs mean nothing.
  assert.ok(said.get("slack")?.includes('{"type":"plain_text","text":"push aliyun: no room <@all>'), said.get("slack"));
  assert.ok(said.get("feishu")?.includes('"tag":"plain_text","content":"Version: 1.2.3'));
});

test("one channel that fails keeps no other from being told", async () => {
  await using bad = await start("slack");
  await using good = await start("feishu");
  bad.fail(answer(404, "no_service"));
  const channels = [channelOf("slack", bad), channelOf("feishu", good)];
  assert.deepEqual((await send(channels, () => message, "en", QUICK)).map(codeOf), ["NOTIFY_REFUSED", "ok"]);
});

test("each channel is told in its own language, else in that of the run", async () => {
  await using receiver = await start("webhook");
  const channel = channelOf("webhook", receiver);
  const asked: string[] = [];
  const say = (language: string) => {
    asked.push(language);
    return message;
  };
  await send([channel, { ...channel, lang: "zh-CN" }], say, "en", QUICK);
  assert.deepEqual(asked, ["en", "zh-CN"]);
});

const ADDRESSES: readonly (readonly [url: string, code: string])[] = [
  ["", "NOTIFY_ADDRESS_MISSING"],
  ["${FEISHU_WEBHOOK_URL}", "NOTIFY_ADDRESS_INVALID"],
  ["canary", "NOTIFY_ADDRESS_INVALID"],
  ["http://hooks.example.com/canary", "NOTIFY_ADDRESS_INVALID"],
  ["ftp://127.0.0.1/canary", "NOTIFY_ADDRESS_INVALID"],
  ["https://canary:canary@hooks.example.com/", "NOTIFY_ADDRESS_INVALID"],
];

for (const [url, code] of ADDRESSES) {
  test(`the address ${JSON.stringify(url)} is ${code}`, async () => {
    const delivery = await sendOne({ kind: "feishu", name: "x", on: ["failed"], url });
    assert.equal(codeOf(delivery), code);
    assert.doesNotMatch(shown(delivery), /canary/);
  });
}

test("where only public addresses may be reached, others are refused before anything is sent", async () => {
  await using receiver = await start("webhook");
  const asked: string[] = [];
  const mayReach = (address: string) => {
    asked.push(address);
    return false;
  };
  const here = channelOf("webhook", receiver);
  assert.equal(codeOf(await sendOne(here, message, { mayReach })), "NOTIFY_INTERNAL");
  const named = { ...here, url: receiver.url.replace("127.0.0.1", "localhost") };
  assert.equal(codeOf(await sendOne(named, message, { mayReach })), "NOTIFY_INTERNAL");
  assert.ok(asked.length >= 2 && asked.every((address) => /^(?:127\.|::1$)/.test(address)), asked.join(", "));
  assert.equal(receiver.requests.length, 0);
  assert.equal(codeOf(await sendOne(named, message, { mayReach: () => true })), "ok");
});

test("what a mail server says is told only where everything may be reached", async () => {
  for (const [said, code] of [
    ["HTTP/1.1 400 canary words", "NOTIFY_UNREACHABLE"],
    ["554 canary words", "NOTIFY_REFUSED"],
  ] as const) {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end(`${said}\r\n`);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const smtp = `smtp://127.0.0.1:${address.port}`;
    const mail: Channel = { kind: "email", name: "mail", on: [], smtp, from: "a@example.org", to: ["b@example.org"] };
    for (const [options, isTold] of [
      [{}, true],
      [{ repeatsAnswers: false }, false],
      [{ mayReach: () => true }, false],
    ] as const) {
      const delivery = await sendOne(mail, message, { tries: 1, ...options });
      assert.equal(codeOf(delivery), code);
      assert.equal(!delivery.ok && /canary/.test(JSON.stringify(delivery.error.facts)), isTold);
    }
    server.close();
  }
});

test("TLS is verified", async () => {
  await using authority = await makeAuthority();
  await using receiver = await startNotifyReceiver.webhook({ secret: SECRET, tls: authority.server });
  const untrusted = await sendOne(channelOf("webhook", receiver), message, { tries: 1 });
  assert.equal(codeOf(untrusted), "NOTIFY_UNREACHABLE");
  assert.equal(receiver.requests.length, 0);
  assert.equal(codeOf(await sendOne(channelOf("webhook", receiver), message, { ca: authority.ca })), "ok");
});

test("a proxy is used for what is elsewhere, and told about without its password", async () => {
  const connects: string[] = [];
  const proxy = createServer((socket) => {
    socket.once("data", (data) => {
      connects.push(data.toString().split("\r\n")[0] ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    socket.on("error", () => undefined);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  assert.ok(address !== null && typeof address === "object");
  const environment = { HTTPS_PROXY: `http://canary-user:canary-pass@127.0.0.1:${address.port}` };
  const delivery = await sendOne(
    { kind: "slack", name: "s", on: ["failed"], url: "https://hooks.example.com/canary" },
    message,
    { environment },
  );
  proxy.close();
  assert.equal(codeOf(delivery), "NOTIFY_UNREACHABLE");
  assert.deepEqual(new Set(connects), new Set(["CONNECT hooks.example.com:443 HTTP/1.1"]));
  assert.doesNotMatch(shown(delivery), /canary/);
  const broken = await sendOne(
    { kind: "slack", name: "s", on: ["failed"], url: "https://hooks.example.com/" },
    message,
    {
      environment: { HTTPS_PROXY: "socks5://canary:canary@proxy" },
    },
  );
  assert.equal(codeOf(broken), "PROXY_INVALID");
  assert.doesNotMatch(shown(broken), /canary/);
});
