import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { webhookSignature } from "../../notify/sign.ts";
import { sampleInForce } from "../alarms/sample-daemon.ts";
import { type Question, sampleApi } from "../api/sample-api.ts";
import { concernedBy } from "./concerned.ts";
import type { ToldRegistry } from "./pushed.ts";

const SECRET = "the-secret-of-all-webhooks";
const CONFIG = `
serve:
  webhooks:
    hub: { kind: docker-hub, secret: ${SECRET} }
    gh: { kind: github, secret: ${SECRET} }
    harbor: { kind: harbor, secret: ${SECRET} }
    reg: { kind: distribution, secret: ${SECRET} }
    ali: { kind: aliyun, secret: ${SECRET} }
    script: { kind: generic, secret: ${SECRET} }
    deaf: { kind: docker-hub, secret: "" }
    deaf-gh: { kind: github, secret: "" }
    deaf-script: { kind: generic, secret: "" }
mirrors:
  - { name: app, from: docker.io/acme/app, to: one.example/acme/app, every: 1h }
  - { name: app-ghcr, from: ghcr.io/acme/app, to: one.example/acme/app2 }
  - { name: app-local, from: "registry.local:5000/acme/app", to: one.example/acme/app3 }
  - { name: app-ali, from: registry.cn-hangzhou.aliyuncs.com/acme/app, to: one.example/acme/app4 }
  - { name: app-harbor, from: harbor.example/acme/app, to: one.example/acme/app5 }
`;

const sample = await sampleApi(CONFIG);
after(() => sample[Symbol.asyncDispose]());
const NOW = sample.daemon.now;

const hubBody = (tag: string, at = 1) =>
  JSON.stringify({ push_data: { tag, pushed_at: at }, repository: { repo_name: "acme/app" } });
const ghBody = JSON.stringify({
  action: "published",
  package: {
    name: "app",
    namespace: "acme",
    package_type: "CONTAINER",
    package_version: { package_url: "ghcr.io/acme/app:1" },
  },
});
const regBody = (id: string, tag: string) =>
  JSON.stringify({
    events: [
      {
        id,
        action: "push",
        target: { mediaType: "application/vnd.oci.image.manifest.v1+json", repository: "acme/app", tag },
        request: { host: "registry.local:5000" },
      },
    ],
  });
const harborBody = JSON.stringify({
  type: "PUSH_ARTIFACT",
  occur_at: 1,
  event_data: {
    resources: [{ tag: "1", resource_url: "harbor.example/acme/app:1" }],
    repository: { repo_full_name: "acme/app" },
  },
});
const aliBody = JSON.stringify({
  push_data: { tag: "1", pushed_at: "2016-11-29 12:25:46" },
  repository: { repo_full_name: "acme/app", region: "cn-hangzhou" },
});
const scriptBody = JSON.stringify({ repository: "docker.io/acme/app", tag: "script" });

const hmac = (body: string, secret = SECRET) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

function signed(id: string, body: string, seconds = NOW / 1000, secret = SECRET): Record<string, string> {
  const signature = webhookSignature(id, seconds, body, secret);
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,b2xk ${signature}` };
}

interface Heard {
  readonly status: number;
  readonly body: string;
  readonly mirrors: readonly string[];
  readonly isNew: readonly boolean[];
}

async function call(
  path: string,
  body: string,
  headers: Record<string, string> = {},
  more: Question = {},
): Promise<Heard> {
  const answer = await sample.ask(`/hooks/${path}`, { method: "POST", token: null, body, headers, ...more });
  const text = await answer.text();
  const { runs = [] } = text === "" ? {} : Object(JSON.parse(text));
  const told: readonly { mirror: string; isNew: boolean }[] = runs;
  return {
    status: answer.status,
    body: text,
    mirrors: told.map(({ mirror }) => mirror),
    isNew: told.map(({ isNew }) => isNew),
  };
}

/** The runs of a mirror that were asked for, the latest first. */
async function runsOf(mirror: string) {
  return sample.daemon.store.runs.list({ mirror, limit: 100 });
}

const bearer = { authorization: `Bearer ${SECRET}` };

const genuine: readonly (readonly [string, string, string, Record<string, string>, string])[] = [
  ["Docker Hub, by its address", `hub?token=${SECRET}`, hubBody("a"), {}, "app"],
  ["Docker Hub, by the end of its address", `hub/${SECRET}`, hubBody("b"), {}, "app"],
  ["GitHub", "gh", ghBody, { "x-hub-signature-256": hmac(ghBody) }, "app-ghcr"],
  ["Harbor", "harbor", harborBody, { authorization: SECRET }, "app-harbor"],
  ["Distribution", "reg", regBody("e1", "1"), bearer, "app-local"],
  ["Alibaba Cloud", `ali?token=${SECRET}`, aliBody, {}, "app-ali"],
  ["a script", "script", scriptBody, signed("m1", scriptBody), "app"],
];

for (const [name, path, body, headers, mirror] of genuine) {
  test(`${name} tells of a tag: its mirror is asked for just that`, async () => {
    const before = (await runsOf(mirror))[0];
    const heard = await call(path, body, headers);
    assert.deepEqual([heard.status, heard.mirrors], [202, [mirror]]);
    const [run] = await runsOf(mirror);
    assert.deepEqual([run?.trigger, run?.state, run?.by], ["webhook", "queued", before?.by ?? path.split(/[/?]/)[0]]);
    assert.ok(run?.tags !== undefined && run.tags.length >= 1);
  });
}

test("GitHub may send the JSON in a form", async () => {
  const form = `payload=${encodeURIComponent(ghBody)}`;
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-hub-signature-256": hmac(form) };
  assert.equal((await call("gh", form, headers)).status, 202);
});

const refused: readonly (readonly [string, string, string, Record<string, string>])[] = [
  ["no token", "hub", hubBody("x"), {}],
  ["a wrong token", "hub?token=wrong", hubBody("x"), {}],
  ["a wrong token in the path", "hub/wrong", hubBody("x"), {}],
  ["a beginning of the token", `hub?token=${SECRET.slice(0, -1)}`, hubBody("x"), {}],
  ["no header", "harbor", harborBody, {}],
  ["a wrong header", "harbor", harborBody, { authorization: "Bearer nothing" }],
  ["no signature", "gh", ghBody, {}],
  ["an empty signature", "gh", ghBody, { "x-hub-signature-256": "" }],
  ["a signature of another body", "gh", ghBody, { "x-hub-signature-256": hmac(`${ghBody} `) }],
  ["a signature with another secret", "gh", ghBody, { "x-hub-signature-256": hmac(ghBody, "other") }],
  ["the old signature alone", "gh", ghBody, { "x-hub-signature": hmac(ghBody) }],
  ["the token in place of a signature", `gh?token=${SECRET}`, ghBody, bearer],
  ["a script's signature of another body", "script", scriptBody, signed("m2", `${scriptBody} `)],
  ["a script's signature for another id", "script", scriptBody, { ...signed("m2", scriptBody), "webhook-id": "m3" }],
  ["a script's signature of long ago", "script", scriptBody, signed("m2", scriptBody, NOW / 1000 - 301)],
  ["a script's signature of the future", "script", scriptBody, signed("m2", scriptBody, NOW / 1000 + 301)],
  ["a time that is no number", "script", scriptBody, { ...signed("m2", scriptBody), "webhook-timestamp": "now" }],
  ["no id", "script", scriptBody, { ...signed("", scriptBody), "webhook-id": "" }],
  ["a webhook that there is not", `none?token=${SECRET}`, hubBody("x"), bearer],
  ["a webhook without a secret", "deaf", hubBody("x"), {}],
  ["a webhook without a secret, called with an empty one", "deaf?token=", hubBody("x"), { authorization: "Bearer " }],
  [
    "a webhook without a secret, signed with an empty one",
    "deaf-gh",
    ghBody,
    { "x-hub-signature-256": hmac(ghBody, "") },
  ],
  ["a script's without a secret, signed so", "deaf-script", scriptBody, signed("m", scriptBody, NOW / 1000, "")],
];

for (const [name, path, body, headers] of refused) {
  test(`S25: ${name}: 401, nothing is said, nothing is done`, async () => {
    const before = await sample.daemon.store.runs.list({ limit: 200 });
    const { status, body: said } = await call(path, body, headers);
    assert.deepEqual([status, said], [401, ""]);
    assert.deepEqual(await sample.daemon.store.runs.list({ limit: 200 }), before);
  });
}

test("S25: the bytes are judged as they came", async () => {
  const written = '{ "zen":  "\\u0041" }\r\n';
  assert.equal((await call("gh", written, { "x-hub-signature-256": hmac(written) })).status, 200);
  const again = JSON.stringify(JSON.parse(written));
  assert.equal((await call("gh", written, { "x-hub-signature-256": hmac(again) })).status, 401);
});

test("S26: what comes twice makes one job, also when the first has ended; a later push of the same tag another", async () => {
  const ids = async () => (await runsOf("app")).map(({ id }) => id);
  const clear = async () => {
    for (const run of await runsOf("app")) await sample.daemon.store.runs.cancel(run.id, NOW);
  };
  const send = (at: number) => call(`hub?token=${SECRET}`, hubBody("again", at));
  await clear();
  const before = (await ids()).length;
  assert.deepEqual((await send(100)).isNew, [true]);
  assert.deepEqual((await send(100)).isNew, [false]);
  await clear();
  assert.deepEqual((await send(100)).isNew, [false]);
  assert.equal((await ids()).length, before + 1);
  assert.deepEqual((await send(200)).isNew, [true]);
  assert.equal((await ids()).length, before + 2);
});

test("S26: a signed call that is sent once more, with other headers, makes no other job", async () => {
  for (const run of await runsOf("app-ghcr")) await sample.daemon.store.runs.cancel(run.id, NOW);
  const body = ghBody.replace("app:1", "app:2");
  const send = (delivery: string) =>
    call("gh", body, { "x-hub-signature-256": hmac(body), "x-github-delivery": delivery });
  assert.deepEqual((await send("one")).isNew, [true]);
  assert.deepEqual((await send("two")).isNew, [false]);
});

test("S26: an event is known by its id, in whatever envelope it comes again", async () => {
  for (const run of await runsOf("app-local")) await sample.daemon.store.runs.cancel(run.id, NOW);
  const one = JSON.parse(regBody("e10", "2")).events[0];
  const two = JSON.parse(regBody("e11", "3")).events[0];
  const send = (...events: unknown[]) => call("reg", JSON.stringify({ events }), bearer);
  assert.deepEqual((await send(one)).isNew, [true]);
  assert.deepEqual((await send(one, one)).isNew, [false]);
  const both = await send(one, two);
  assert.deepEqual([both.status, both.mirrors.length], [202, 1]);
  const [run] = await runsOf("app-local");
  assert.deepEqual(run?.tags, ["2", "3"]);
});

test("what concerns no mirror is heard, and nothing is done", async () => {
  const body = JSON.stringify({ push_data: { tag: "1" }, repository: { repo_name: "others/thing" } });
  const { status, body: said } = await call(`hub?token=${SECRET}`, body);
  assert.deepEqual([status, said], [200, '{"runs":[]}']);
});

test("what is no message of its kind is told to whom has proved itself", async () => {
  for (const body of ["", "{", "[]", '{"push_data":1}', "payload=%7B"]) {
    const { status, body: said } = await call(`hub?token=${SECRET}`, body);
    assert.deepEqual([status, JSON.parse(said).code], [400, "HOOK_BODY_INVALID"], body);
  }
});

test("S24: nobody calls back where a message says", async (t) => {
  const fetched = t.mock.method(globalThis, "fetch", () => Promise.reject(new Error("no")));
  const body = { ...JSON.parse(hubBody("callback")), callback_url: "http://169.254.169.254/latest/meta-data" };
  assert.equal((await call(`hub?token=${SECRET}`, JSON.stringify(body))).status, 202);
  assert.equal(fetched.mock.callCount(), 0);
});

test("a caller's token is in no line of the log", async () => {
  sample.log.length = 0;
  await call(`hub?token=${SECRET}`, hubBody("logged"));
  await call(`hub/${SECRET}`, hubBody("logged"));
  await call(`hub/wrong-${SECRET}`, hubBody("logged"));
  assert.equal(sample.log.length, 3);
  assert.ok(!JSON.stringify(sample.log).includes(SECRET));
  assert.deepEqual([sample.log[0]?.hook, sample.log[0]?.runs, sample.log[2]?.status], ["hub", 1, 401]);
});

const inForce = sampleInForce(
  `
hosts:
  docker.io: { alternates: [mirror.example/hub, other.example] }
mirrors:
  - { name: hub, from: docker.io/acme/app, to: one.example/a }
  - { name: some, from: "docker.io/acme/app:1.0,1.1", to: one.example/b }
  - { name: stable, from: docker.io/acme/app, tags: { semver: ">=1", exclude: ["*-rc*"] }, to: one.example/c }
  - { name: inside, from: "10.0.0.5:5000/team/app", to: one.example/d }
  - { name: elsewhere, from: "registry.test/team/app", to: one.example/e }
  - { name: ali, from: registry.cn-hangzhou.aliyuncs.com/acme/app, to: one.example/f }
  - { name: ali-own, from: shop-registry.cn-hangzhou.cr.aliyuncs.com/acme/app, to: one.example/g }
  - { name: ali-far, from: registry.cn-beijing.aliyuncs.com/acme/app, to: one.example/h }
`,
  NOW,
);
const named = (host: string): ToldRegistry => ({ kind: "named", host });
const own = (host: string): ToldRegistry => ({ kind: "own-name", host });

const concerned: readonly (readonly [string, ToldRegistry, string, string, readonly string[]])[] = [
  ["a version", named("docker.io"), "acme/app", "1.0", ["hub", "some", "stable"]],
  ["a tag that rules leave out", named("docker.io"), "acme/app", "2.0-rc1", ["hub"]],
  ["a tag that is no version", named("docker.io"), "acme/app", "edge", ["hub"]],
  ["another repository", named("docker.io"), "acme/app2", "1.0", []],
  ["another registry", named("quay.io"), "acme/app", "1.0", []],
  ["an alternate with a folder", named("mirror.example"), "hub/acme/app", "1.1", ["hub", "some", "stable"]],
  ["an alternate without its folder", named("mirror.example"), "acme/app", "1.1", []],
  ["an alternate", named("other.example"), "acme/app", "9", ["hub", "stable"]],
  ["a registry by its name", own("10.0.0.5:5000"), "team/app", "1", ["inside"]],
  ["a registry that calls itself otherwise", own("registry:5000"), "team/app", "1", ["inside", "elsewhere"]],
  ["a region of Alibaba Cloud", { kind: "region", region: "cn-hangzhou" }, "acme/app", "1", ["ali", "ali-own"]],
  ["another region", { kind: "region", region: "cn-shanghai" }, "acme/app", "1", []],
  ["a signature", named("docker.io"), "acme/app", `sha256-${"a".repeat(64)}.sig`, []],
  ["a digest in place of a tag", named("docker.io"), "acme/app", `sha256:${"a".repeat(64)}`, []],
  ["no tag", named("docker.io"), "acme/app", "", []],
];

for (const [name, registry, repository, tag, expected] of concerned) {
  test(`${name} concerns ${expected.join(", ") || "nobody"}`, () => {
    assert.deepEqual(concernedBy(inForce, { registry, repository, tag }), expected);
  });
}
