import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { randomImage, startRegistry, type TestRegistry } from "../testing/index.ts";
import { asFailure } from "../words/error.ts";
import { staticCredentials } from "./credentials/static.ts";
import type { HostOptions } from "./options.ts";
import { Pulls } from "./pulls.ts";
import { createRegistry, type Registry } from "./registry.ts";
import type { Answer, Request } from "./transport/exchange.ts";

const LIMIT = { pulls: 100, windowSeconds: 21_600 };

interface Setting {
  readonly server: TestRegistry;
  readonly client: Registry;
}

async function at(host: HostOptions, keepPulls: number | undefined, work: (setting: Setting) => Promise<void>) {
  await using server = await startRegistry({ pullLimit: LIMIT });
  await using mirror = await startRegistry();
  for (const seed of IMAGES) {
    const image = await randomImage({ seed, layers: [] });
    await server.put("team/app", image, seed);
    await mirror.put("team/app", image, seed);
  }
  const client = createRegistry({
    credentials: staticCredentials("the test", []),
    retry: { attempts: 3, baseMilliseconds: 5 },
    hosts: { [server.host]: { ...host, ...(host.alternates !== undefined && { alternates: [mirror.host] }) } },
    ...(keepPulls !== undefined && { keepPulls }),
  });
  try {
    await work({ server, client });
  } finally {
    await client.close();
  }
}

const IMAGES = Array.from({ length: 200 }, (_, at) => `v${at}`);

/** Fetches the manifests of all images, 16 at once, and gives the codes of what failed. */
async function pullAll({ server, client }: Setting): Promise<readonly string[]> {
  const source = client.source({ registry: server.host, repository: "team/app" });
  const failed: string[] = [];
  const tags = IMAGES.values();
  const worker = async () => {
    for (const tag of tags) await source.manifest(tag).catch((error: unknown) => failed.push(asFailure(error).code));
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return failed;
}

const spent = (server: TestRegistry) => server.requests.of("GET", "manifest").filter(({ status }) => status === 200);

for (const [name, host, keepPulls, pulled] of [
  ["ten are kept where nobody says otherwise", {}, undefined, 90],
  ["as many are kept as a host's configuration says", { keepPulls: 35 }, undefined, 65],
  ["as many are kept as the run is told, whatever the configuration says", { keepPulls: 35 }, 3, 97],
] as const) {
  test(`of 200 images, 16 at once, no pull too many is made: ${name}`, () =>
    at(host, keepPulls, async ({ server, client }) => {
      for (const [nth, milliseconds] of [7, 1, 13].entries())
        server.faults.add({ when: { every: nth + 2 }, effect: { kind: "latency", milliseconds } });
      const failed = await pullAll({ server, client });
      assert.equal(spent(server).length, pulled);
      assert.equal(server.requests.count("GET", "manifest"), pulled);
      assert.deepEqual(new Set(failed), new Set(["PULLS_RESERVED"]));
      const left = { limit: 100, remaining: 100 - pulled, windowSeconds: 21_600 };
      assert.deepEqual(client.statistics()[0]?.rateLimit, left);
    }));
}

test("with 0 to keep, all are spent, and the rest is the host's to refuse", () =>
  at({}, 0, async (setting) => {
    assert.deepEqual(new Set(await pullAll(setting)), new Set(["RATE_LIMITED"]));
    assert.equal(spent(setting.server).length, 100);
  }));

test("what is kept is said, with what to do", () =>
  at({ keepPulls: 100 }, undefined, async ({ server, client }) => {
    const source = client.repository({ registry: server.host, repository: "team/app" });
    await source.resolve("v0");
    await assert.rejects(source.manifest("v0"), {
      code: "PULLS_RESERVED",
      retryable: false,
      facts: {
        host: server.host,
        operation: "GET /v2/team/app/manifests/v0",
        limit: 100,
        remaining: 100,
        window: "6 h",
      },
    });
    assert.ok(await source.resolve("v1"), "questions that are not counted go on");
  }));

test("alternates give what the source's reserve does not", () =>
  at({ alternates: ["the mirror"] }, undefined, async (setting) => {
    assert.deepEqual(await pullAll(setting), []);
    assert.equal(spent(setting.server).length, 90);
  }));

const PULL: Request = { method: "GET", url: new URL("https://registry.example/v2/a/b/manifests/v1"), headers: {} };

function answer(remaining: number | undefined, limit = 20): Answer {
  const headers: Readonly<Record<string, string>> =
    remaining === undefined ? {} : { "ratelimit-limit": `${limit}`, "ratelimit-remaining": `${remaining}` };
  return {
    status: 200,
    header: (name) => headers[name],
    read: async () => {},
    bytes: async () => Buffer.alloc(0),
    drop: async () => {},
  };
}

/** Makes a pull that is answered as given. */
const pull = (pulls: Pulls, given: Answer, milliseconds = 0) =>
  pulls.make(PULL, async () => {
    const before = pulls.endedBefore(PULL);
    await sleep(milliseconds);
    pulls.observe(PULL, given, before);
  });

test("of a small limit no more than half is kept", async () => {
  const pulls = new Pulls("registry.example", undefined);
  for (const left of [4, 3, 2]) await pull(pulls, answer(left, 5));
  await assert.rejects(pull(pulls, answer(1, 5)), { code: "PULLS_RESERVED" });
});

test("blank headers are no limit, and a host without one is asked by all at once", async () => {
  const pulls = new Pulls("registry.example", undefined);
  await pull(pulls, answer(undefined));
  const started = performance.now();
  await Promise.all(Array.from({ length: 50 }, () => pull(pulls, answer(undefined), 20)));
  assert.ok(performance.now() - started < 500);
  assert.equal(pulls.rateLimit, undefined);
});

test("what others spend meanwhile is seen, and so is a window that begins anew", async () => {
  const pulls = new Pulls("registry.example", 10);
  await pull(pulls, answer(15));
  await pull(pulls, answer(10));
  await assert.rejects(pull(pulls, answer(9)), { code: "PULLS_RESERVED" });
  const head: Request = { ...PULL, method: "HEAD" };
  pulls.observe(head, answer(20), pulls.endedBefore(head));
  await pull(pulls, answer(19));
  assert.equal(pulls.rateLimit?.remaining, 19);
});

test("a first pull that fails lets the next one find out", async () => {
  const pulls = new Pulls("registry.example", undefined);
  const first = pulls.make(PULL, async () => {
    await sleep(5);
    throw new Error("cut");
  });
  const rest = Promise.all([pull(pulls, answer(19)), pull(pulls, answer(18))]);
  await assert.rejects(first, /cut/);
  await rest;
  assert.equal(pulls.rateLimit?.remaining, 18);
});
