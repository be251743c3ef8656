import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { send, testMessage } from "../src/notify/index.ts";
import { addressKind } from "../src/registry/transport/connection/address.ts";
import {
  type Receiver,
  randomImage,
  startNotifyReceiver,
  startRegistry,
  type TestRegistry,
} from "../src/testing/index.ts";
import { type MailReceiver, startMail } from "./support/mail.ts";
import { REPOSITORY, ReleaseStage } from "./support/release-stage.ts";
import { type Ended, type RunOptions, Workplace } from "./support/workplace.ts";

const SECRET = "canary-secret-1a2b3c";
const DENIED = { method: "PUT", kind: "manifest", effect: { kind: "status", status: 403 } } as const;
const SUMMARY = "home/summary.md";
const OUTPUTS = ["report.json", "run.log", SUMMARY];

let source: TestRegistry;

before(async () => {
  source = await startRegistry();
  await source.put("team/app", await randomImage({ seed: "notify-one" }), "v1");
  await source.put("team/app", await randomImage({ seed: "notify-two" }), "v2");
});
after(() => source.close());

interface Channel {
  readonly [key: string]: unknown;
}

/** A project called app that mirrors two tags to one registry. */
class Stage implements AsyncDisposable {
  readonly destination: TestRegistry;
  readonly workplace: Workplace;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(destination: TestRegistry, workplace: Workplace, env: Readonly<Record<string, string>>) {
    this.destination = destination;
    this.workplace = workplace;
    this.#env = env;
  }

  static async open(notify: readonly Channel[], env: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const destination = await startRegistry();
    const mirrors = [{ from: `${source.host}/team/app`, to: `${destination.host}/app`, tags: ["v1", "v2"] }];
    const config = JSON.stringify({ version: 1, name: "app", mirrors, notify });
    return new Stage(destination, await Workplace.with({ "slipway.yaml": config }), env);
  }

  async slipway(code: number, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const env = { ...this.#env, ...options.env };
    const ended = await this.workplace.slipway(args, { ...options, env });
    assert.equal(ended.code, code, ended.stderr);
    assert.doesNotMatch(ended.stdout + ended.stderr, /canary/);
    return ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.workplace[Symbol.asyncDispose]();
    await this.destination.close();
  }
}

/** What a webhook was told: title, and state. */
function told(receiver: Receiver): readonly string[] {
  return receiver.taken.map((message) => JSON.stringify(message)).map((text) => JSON.parse(text).data.title);
}

function lastData(receiver: Receiver) {
  return JSON.parse(JSON.stringify(receiver.taken.at(-1))).data;
}

const env = (receiver: Receiver) => ({ HOOK: receiver.url, HOOK_SECRET: SECRET });
const HOOK = { webhook: "${HOOK}", secret: "${HOOK_SECRET}" };

describe("what a sync came to", { concurrency: 3 }, () => {
  test("good runs are not news; failed, still failing, good again", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await Stage.open([HOOK], env(receiver));
    const first = await stage.slipway(0, ["sync", "--json"]);
    assert.equal(JSON.parse(first.stdout).notifications, undefined);
    const denied = stage.destination.faults.add(DENIED);
    const { stdout } = await stage.slipway(4, ["sync", "--force", "--json"]);
    assert.deepEqual(JSON.parse(stdout).notifications, [{ channel: "webhook", name: "webhook", ok: true }]);
    assert.deepEqual(told(receiver), ["Failed: sync of app"]);
    const { state, exit, totals, errors, lines, previous } = lastData(receiver);
    assert.deepEqual([state, exit, totals.failed, errors, previous], ["failed", 4, 2, ["DENIED"], "success"]);
    assert.ok(lines[0].includes(`${stage.destination.host} `) && lines[0].includes("(2, such as "), lines[0]);
    await stage.slipway(4, ["sync", "--force"]);
    denied.remove();
    await stage.slipway(0, ["sync", "--force"]);
    await stage.slipway(0, ["sync"]);
    assert.deepEqual(told(receiver), ["Failed: sync of app", "Still failing: sync of app", "Good again: sync of app"]);
    assert.equal(lastData(receiver).previous, "failure");
    assert.equal(receiver.requests.length, 3);
  });

  test("in part: exit code 3 is not called a failure, nor good", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await Stage.open([HOOK], env(receiver));
    stage.destination.faults.add({ ...DENIED, path: /v2$/ });
    await stage.slipway(3, ["sync"]);
    assert.deepEqual(told(receiver), ["Done in part: sync of app"]);
    assert.equal(JSON.parse(JSON.stringify(receiver.taken[0])).type, "slipway.sync.partial");
  });

  test("nobody hears of what would be done, of a look, or where it is not wanted", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await Stage.open([{ ...HOOK, on: "always" }], env(receiver));
    await stage.slipway(0, ["plan", "sync"]);
    await stage.slipway(0, ["sync", "--dry-run"]);
    await stage.slipway(5, ["sync", "--check"]);
    await stage.slipway(0, ["sync", "--no-notify"]);
    assert.equal(receiver.requests.length, 0);
    assert.deepEqual(await stage.workplace.filesBelow(".slipway"), []);
    await stage.slipway(0, ["sync"]);
    assert.deepEqual(told(receiver), ["Done: sync of app"]);
  });

  test("a receiver that fails changes no exit code, and is told everywhere without its address", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using feishu = await startNotifyReceiver.feishu({ secret: SECRET });
    feishu.fail({ kind: "answer", status: 200, body: '{"code":19024,"msg":"Key Words Not Found"}' });
    receiver.fail({ kind: "answer", status: 404, body: receiver.url });
    const channels = [HOOK, { feishu: "${FEISHU}", secret: "${HOOK_SECRET}", name: "team" }, { slack: "${SLACK}" }];
    await using stage = await Stage.open(channels, { ...env(receiver), FEISHU: feishu.url, SLACK: "" });
    stage.destination.faults.add(DENIED);
    const args = ["sync", "--json", "--report", "report.json", "--log", "run.log", "--log-level", "debug"];
    const ended = await stage.slipway(4, args, { env: { GITHUB_STEP_SUMMARY: stage.workplace.path(SUMMARY) } });
    const report = JSON.parse(ended.stdout);
    assert.deepEqual(JSON.parse(await stage.workplace.read("report.json")), report);
    const results = report.notifications.map(({ channel, name, ok, error }: Record<string, { code: string }>) => [
      channel,
      name,
      ok,
      error?.code,
    ]);
    assert.deepEqual(results, [
      ["webhook", "webhook", false, "NOTIFY_REFUSED"],
      ["feishu", "team", false, "NOTIFY_REFUSED"],
      ["slack", "slack", false, "NOTIFY_ADDRESS_MISSING"],
    ]);
    assert.match(ended.stderr, /^warning: not notified: team at 127\.0\.0\.1:\d+ refuses the message: code 19024/m);
    const summary = await stage.workplace.read(SUMMARY);
    assert.equal(summary.match(/> \[!WARNING\]\n> not notified: /g)?.length, 3);
    for (const file of OUTPUTS) assert.doesNotMatch(await stage.workplace.read(file), /canary/, file);
    assert.doesNotMatch((await stage.slipway(0, ["config", "show"])).stdout, /127\.0\.0\.1:\d+\/(?:hooks|open-apis)/);
  });

  test("SLIPWAY_PREVIOUS knows better than a file, and none is kept then", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await Stage.open([HOOK], env(receiver));
    for (const SLIPWAY_PREVIOUS of ["success", "", "cancelled", "failure"]) {
      await stage.slipway(0, ["sync"], { env: { SLIPWAY_PREVIOUS } });
    }
    assert.deepEqual(told(receiver), ["Good again: sync of app"]);
    assert.deepEqual(await stage.workplace.filesBelow(".slipway"), []);
  });

  test("where the ending cannot be kept, that is said, and the message sent", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await Stage.open([HOOK], env(receiver));
    await stage.workplace.write(".slipway", "a file is in the way");
    stage.destination.faults.add(DENIED);
    const { stderr } = await stage.slipway(4, ["sync"]);
    assert.match(stderr, /^warning: how this run ended could not be kept in /m);
    assert.deepEqual(told(receiver), ["Failed: sync of app"]);
  });

  test("interrupted: told in CI, where nobody has seen it, and not at a terminal", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await Stage.open([HOOK], env(receiver));
    for (const CI of ["", "true"]) {
      const stalled = stage.destination.faults.add({
        method: "PUT",
        effect: { kind: "latency", milliseconds: 60_000 },
      });
      const running = stage.workplace.start(["sync"], { env: { ...env(receiver), CI } });
      while (stalled.hits === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      running.kill("SIGINT");
      assert.equal((await running.ended).code, 130);
      stalled.remove();
    }
    assert.deepEqual(told(receiver), ["Interrupted: sync of app"]);
  });

  test("in Chinese, with a link to the run, to those who want it so", async () => {
    await using receiver = await startNotifyReceiver.wecom();
    await using stage = await Stage.open([{ wecom: "${WECOM}", lang: "zh-CN" }], { WECOM: receiver.url });
    stage.destination.faults.add(DENIED);
    await stage.workplace.write("home/event.json", "{}");
    const actions = {
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "schedule",
      GITHUB_EVENT_PATH: stage.workplace.path("home/event.json"),
      GITHUB_REPOSITORY: "acme/app",
      GITHUB_REF: "refs/heads/main",
      GITHUB_SHA: "a".repeat(40),
      GITHUB_RUN_ID: "42",
    };
    await stage.workplace.write("home/event.json", JSON.stringify({ schedule: "0 0 * * *" }));
    await stage.slipway(4, ["sync"], { env: actions });
    const [message] = receiver.taken.map((one) => JSON.parse(JSON.stringify(one)).markdown.content);
    assert.ok(message.startsWith("### ❌ 失败：同步 app\n"), message);
    assert.ok(message.endsWith("[运行记录](https://github.com/acme/app/actions/runs/42)"), message);
  });
});

describe("what a release came to", { concurrency: 3 }, () => {
  const open = (receiver: Receiver, on: readonly string[]) =>
    ReleaseStage.open({ config: { notify: [{ webhook: receiver.url, secret: SECRET, on }] } });

  test("released; and nothing new is no news", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await open(receiver, ["released", "failed"]);
    const { report } = await stage.expect(0, ["release", "1.2.3"]);
    assert.deepEqual(told(receiver), ["Released: app 1.2.3"]);
    const { version, digest, url, links } = lastData(receiver);
    assert.deepEqual([version, digest, url], ["1.2.3", report.image.digest, report.url]);
    assert.deepEqual(links, [{ text: "Release", url: report.url }]);
    assert.deepEqual(report.notifications, [{ channel: "webhook", name: "webhook", ok: true }]);
    await stage.expect(0, ["release", "1.2.3"]);
    assert.equal(receiver.requests.length, 1);
  });

  test("failed: the step, the reason, what is left, what goes on; then good again", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await open(receiver, ["failed", "recovered"]);
    await stage.takeDown("azure");
    const { report } = await stage.expect(1, ["release", "1.2.3"]);
    assert.deepEqual(told(receiver), ["Failed: release of app 1.2.3"]);
    const { lines, failed, next } = lastData(receiver);
    assert.ok(
      lines.some((line: string) => line.includes(`azure: destination: ${stage.azure.host} cannot be reached`)),
      lines,
    );
    for (const line of report.left) assert.ok(lines.includes(line), line);
    assert.equal(lines.at(-1), "Go on with: slipway release 1.2.3");
    assert.equal(next, "slipway release 1.2.3");
    assert.ok(
      failed.some((one: object) => JSON.stringify(one).includes('"subject":"azure","code":"HOST_UNREACHABLE"')),
    );
    await stage.bringUp("azure");
    await stage.expect(0, ["release", "1.2.3"]);
    assert.equal(told(receiver).at(-1), "Good again: release of app 1.2.3");
  });

  test("in part: what an optional registry lacks is in the title's word and in the lines", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await open(receiver, ["released"]);
    await stage.takeDown("aliyun");
    await stage.expect(3, ["release", "1.2.3"]);
    assert.deepEqual(told(receiver), ["Done in part: release of app 1.2.3"]);
    assert.match(lastData(receiver).lines[0], /aliyun/);
  });

  test("what ends it before it begins is told, too, and is in the report", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    await using stage = await open(receiver, ["failed"]);
    const { report } = await stage.expect(4, ["release", "1.2.3"], { env: { GITHUB_TOKEN: "", GH_TOKEN: "" } });
    assert.deepEqual(told(receiver), ["Failed: release of app"]);
    assert.deepEqual(lastData(receiver).errors, ["GITHUB_TOKEN_MISSING"]);
    assert.deepEqual(report.notifications, [{ channel: "webhook", name: "webhook", ok: true }]);
    // Typed wrong: who sits before it knows, and in CI nobody does.
    await stage.expect(2, ["release", "not-a-version"]);
    assert.equal(receiver.requests.length, 1);
    await stage.expect(2, ["release", "not-a-version"], { env: { CI: "true" } });
    assert.equal(receiver.requests.length, 2);
  });

  test("a push, and a build that has no secrets", async () => {
    await using receiver = await startNotifyReceiver.webhook({ secret: SECRET });
    const notify = [{ webhook: "${HOOK}", secret: "${HOOK_SECRET}", on: "always" }];
    await using stage = await ReleaseStage.open({ config: { notify } });
    await stage.expect(0, ["build", "--for", "1.2.3"]);
    assert.equal(receiver.requests.length, 0);
    await stage.expect(0, ["push", "--for", "1.2.3"], { env: env(receiver) });
    assert.deepEqual(told(receiver), ["Done: push of app 1.2.3"]);
    assert.ok(stage.hub.tags(REPOSITORY)["1.2.3"] !== undefined);
  });
});

test("an address inside the network is refused to those who may only name public ones, and no answer is repeated", async () => {
  await using receiver = await startNotifyReceiver.feishu();
  receiver.fail({ kind: "answer", status: 200, body: '{"code":19024,"msg":"of somebody else"}' });
  const said = async (url: string, mayReach: (address: string) => boolean) => {
    const channel = { kind: "feishu", name: "f", on: ["failed"], url } as const;
    const options = { environment: {}, userAgent: "slipway/test", mayReach };
    const [delivery] = await send([channel], testMessage("app"), "en", options);
    return delivery?.ok === false ? `${delivery.error.code} ${delivery.error.message}` : "sent";
  };
  const isPublic = (address: string) => addressKind(address) === "public";
  const port = new URL(receiver.url).port;
  for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
    assert.match(await said(`http://${host}:${port}/`, isPublic), /^NOTIFY_INTERNAL /);
  }
  for (const host of ["169.254.169.254", "10.0.0.1", "[::ffff:192.168.0.1]", "100.100.100.200"]) {
    assert.match(await said(`https://${host}/`, isPublic), /^NOTIFY_INTERNAL /);
  }
  assert.equal(receiver.requests.length, 0);
  const answered = await said(receiver.url, () => true);
  assert.match(answered, /^NOTIFY_REFUSED .*code 19024$/);
});

describe("slipway notify test", { concurrency: 3 }, () => {
  async function six(): Promise<
    { readonly receivers: readonly Receiver[]; readonly mail: MailReceiver } & AsyncDisposable
  > {
    const stack = new AsyncDisposableStack();
    const receivers = [
      stack.use(await startNotifyReceiver.feishu({ secret: SECRET })),
      stack.use(await startNotifyReceiver.dingtalk({ secret: SECRET })),
      stack.use(await startNotifyReceiver.wecom()),
      stack.use(await startNotifyReceiver.slack()),
      stack.use(await startNotifyReceiver.webhook({ secret: SECRET })),
    ];
    const mail = stack.use(await startMail());
    return { receivers, mail, [Symbol.asyncDispose]: () => stack.disposeAsync() };
  }

  const KINDS = ["feishu", "dingtalk", "wecom", "slack", "webhook"] as const;

  function channels({ receivers, mail }: Awaited<ReturnType<typeof six>>): readonly Channel[] {
    const hooks = receivers.map(({ url, secret }, at) => ({
      [KINDS[at] ?? ""]: url,
      ...(secret !== undefined && { secret }),
    }));
    return [...hooks, { email: { smtp: mail.url, from: "ci@example.org", to: "ann@example.org" } }];
  }

  test("tells all, or those named, and what became of each", async () => {
    await using all = await six();
    const { receivers, mail } = all;
    await using stage = await Stage.open(channels(all));
    const { stderr } = await stage.slipway(0, ["notify", "test"]);
    assert.deepEqual(
      stderr.split("\n").filter((line) => line !== ""),
      [...KINDS, "email"].map((name) => `✓ ${name}: sent`),
    );
    assert.deepEqual(
      receivers.map(({ taken }) => taken.length),
      [1, 1, 1, 1, 1],
    );
    assert.equal(mail.mails.length, 1);
    await stage.slipway(0, ["notify", "test", "slack", "email"]);
    assert.deepEqual([...receivers.map(({ requests }) => requests.length), mail.mails.length], [1, 1, 1, 2, 1, 2]);
    receivers[0]?.fail({ kind: "answer", status: 200, body: '{"code":19022,"msg":"Ip Not Allowed"}' });
    const failed = await stage.slipway(1, ["notify", "test", "--json"]);
    const { ok, notifications } = JSON.parse(failed.stdout);
    assert.deepEqual(
      [ok, notifications.map((one: { ok: boolean }) => one.ok)],
      [false, [false, true, true, true, true, true]],
    );
    assert.match(failed.stderr, /^error: feishu at 127\.0\.0\.1:\d+ refuses the message: code 19022: Ip Not Allowed$/m);
  });

  test("--dry-run prints what would be sent, without secrets, and sends nothing", async () => {
    await using all = await six();
    await using stage = await Stage.open(channels(all));
    const { stdout } = await stage.slipway(0, ["notify", "test", "--dry-run"]);
    assert.match(stdout, /^feishu: POST to 127\.0\.0\.1:\d+, signed$/m);
    assert.match(stdout, /^wecom: POST to 127\.0\.0\.1:\d+, not signed$/m);
    assert.match(stdout, /^email: mail handed in at 127\.0\.0\.1:\d+$/m);
    assert.match(stdout, /"msgtype": "markdown"/);
    const { messages } = JSON.parse((await stage.slipway(0, ["notify", "test", "--dry-run", "--json"])).stdout);
    assert.equal(messages.length, 6);
    assert.equal(all.receivers.flatMap(({ requests }) => requests).length + all.mail.sessions, 0);
  });

  test("config show masks addresses and secrets, and only there", async () => {
    await using all = await six();
    await using stage = await Stage.open(channels(all));
    const { stdout } = await stage.slipway(0, ["config", "show"]);
    for (const { url } of all.receivers) assert.ok(!stdout.includes(new URL(url).host));
    assert.match(stdout, /feishu: "?\*{8}"?\n\s+secret: "?\*{8}/);
    assert.match(stdout, /from: ci@example.org/);
  });

  test("a name that is not there, and no channel at all", async () => {
    await using stage = await Stage.open([{ slack: "https://hooks.example.com/canary", name: "team" }]);
    assert.match(
      (await stage.slipway(2, ["notify", "test", "taem"])).stderr,
      /no channel of `notify` is called taem; there are team/,
    );
    await using empty = await Stage.open([]);
    assert.match((await empty.slipway(2, ["notify", "test"])).stderr, /names no channel under `notify`/);
  });
});
