import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { randomImage, startPostgres, startRegistry } from "../src/testing/index.ts";
import { Serving, until } from "./support/serving.ts";
import { Workplace } from "./support/workplace.ts";

const OPERATOR = "a-token-that-nobody-is-going-to-guess";
const TAGS = Array.from({ length: 40 }, (_, number) => `1.${number}`);

test("F35: PostgreSQL restarts, then is killed, while a daemon and a worker share a sync: the run goes on, nothing is put twice", async () => {
  await using postgres = await startPostgres();
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const images = await Promise.all(TAGS.map((tag) => randomImage({ seed: `postgres ${tag}` })));
  for (const [at, image] of images.entries()) await source.put("app", image, TAGS[at]);
  destination.faults.add({ method: "PUT", kind: "manifest", effect: { kind: "latency", milliseconds: 1_000 } });
  await using workplace = await Workplace.with({
    "slipway.yaml": `version: 1
serve: { batch: 4, concurrency: 1 }
mirrors:
  - { name: app, from: ${source.host}/app, to: ${destination.host}/app }
`,
  });
  const SLIPWAY_DATABASE_URL = await postgres.createDatabase();
  await using serving = new Serving(workplace, "serve", { env: { SLIPWAY_DATABASE_URL, SLIPWAY_TOKEN: OPERATOR } });
  await serving.url();
  await using worker = new Serving(workplace, "worker", { env: { SLIPWAY_DATABASE_URL } });
  await worker.line(({ event }) => event === "started");
  const sync = () => serving.api("/mirrors/app/sync", { token: OPERATOR, method: "POST" });
  const put = () => destination.requests.of("PUT", "manifest").map(({ path }) => path.split("/").at(-1) ?? "");
  const putAtLeast = (count: number) =>
    until(
      () => put().length >= count,
      () => `${serving.told}\n\n${worker.told}`,
    );

  await sync();
  await putAtLeast(4);
  await postgres.stop();
  await sleep(1_500);
  await postgres.start();
  await putAtLeast(16);
  await postgres.kill();
  await postgres.start();
  // what is asked for while it was just away is not lost either
  await until(
    () =>
      sync().then(
        () => true,
        () => undefined,
      ),
    () => serving.told,
  );
  const runs = await until(
    async () => {
      const found = await serving.runs("app", OPERATOR).catch(() => []);
      return found.length === 2 && found.every(({ endedAt }) => endedAt !== undefined) ? found : undefined;
    },
    () => `${serving.told}\n\n${worker.told}`,
  );

  const [asked, first] = runs;
  assert.deepEqual([first?.state, first?.trigger, first?.jobs.ended], ["done", "manual", first?.jobs.total]);
  assert.equal((first?.counts.copied ?? 0) + (first?.counts.skipped ?? 0), TAGS.length);
  assert.deepEqual([asked?.state, asked?.counts.copied, asked?.counts.skipped], ["done", 0, TAGS.length]);
  assert.deepEqual(put().sort(), [...TAGS].sort());
  assert.deepEqual(
    TAGS.map((tag) => destination.tags("app")[tag]),
    images.map(({ root }) => root.digest),
  );
  for (const process of [serving, worker]) {
    assert.ok(
      process.log.some(({ event }) => event === "store-lost"),
      process.told,
    );
    process.kill("SIGTERM");
  }
  assert.deepEqual(await Promise.all([serving.ended, worker.ended]), [0, 0]);
});
