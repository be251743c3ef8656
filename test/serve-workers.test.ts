import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../src/store/open.ts";
import { randomImage, startPostgres, startRegistry } from "../src/testing/index.ts";
import { Serving, until } from "./support/serving.ts";
import { Workplace } from "./support/workplace.ts";

const TAGS = Array.from({ length: 60 }, (_, number) => `1.${number}`);
const BATCH = 5;
/** From the last sign of a worker to the work of the next, milliseconds. */
const TAKEN_OVER = 30_000;

test("F33: of three workers one is killed and one stopped: every job ends once, no tag is put twice, soon after", async (context) => {
  await using postgres = await startPostgres();
  const url = await postgres.createDatabase();
  await using source = await startRegistry();
  await using destination = await startRegistry();
  const images = await Promise.all(TAGS.map((tag) => randomImage({ seed: `workers ${tag}` })));
  for (const [at, tag] of TAGS.entries()) await source.put("app", images[at] ?? assert.fail(), tag);
  destination.faults.add({ method: "PUT", kind: "manifest", effect: { kind: "latency", milliseconds: 700 } });
  await using workplace = await Workplace.with({
    "slipway.yaml": `version: 1
serve: { batch: ${BATCH}, concurrency: 1 }
mirrors:
  - { name: app, from: ${source.host}/app, to: ${destination.host}/app }
`,
  });
  await using closing = new AsyncDisposableStack();
  const store = await openStore({ url });
  closing.defer(() => store.close());
  const options = { env: { SLIPWAY_DATABASE_URL: url }, args: ["--log-level", "debug"] };
  await using killed = new Serving(workplace, "worker", options);
  await using stopped = new Serving(workplace, "worker", options);
  await using third = new Serving(workplace, "worker", options);
  const workers = [killed, stopped, third];
  await Promise.all(workers.map((worker) => worker.line(({ event }) => event === "started")));

  const { run } = await store.runs.begin({ mirror: "app", trigger: "manual", key: "1", at: Date.now() });
  /** Whether a worker has some tags in its hands. */
  const isBusy = ({ log }: Serving) => {
    const last = log.findLast(({ event }) => event === "job-begun" || event === "job-ended");
    return last?.event === "job-begun" && last.kind === "batch";
  };
  await until(
    () => workers.every(isBusy),
    () => workers.map(({ told }) => told).join("\n\n"),
  );
  await sleep(100);
  killed.kill("SIGKILL");
  stopped.kill("SIGSTOP");
  assert.ok(isBusy(killed) && isBusy(stopped));
  const since = performance.now();

  const ended = await until(
    async () => {
      const found = await store.runs.get(run.id);
      return found?.endedAt === undefined ? undefined : found;
    },
    () => third.told,
  );
  const took = performance.now() - since;
  context.diagnostic(`${Math.round(took)} ms from the kill to the end of the run`);
  assert.ok(took < TAKEN_OVER, `${took} ms`);
  const jobs = 1 + TAGS.length / BATCH;
  assert.deepEqual([ended.state, ended.jobs], ["done", { total: jobs, ended: jobs }]);
  assert.equal(ended.counts.copied + ended.counts.skipped, TAGS.length);

  // goes on past its lease, with all that it was about to do
  stopped.kill("SIGCONT");
  await stopped.line(({ event }) => event === "job-lost");
  await sleep(1000);
  const put = destination.requests.of("PUT", "manifest").map(({ path }) => path.split("/").at(-1) ?? "");
  assert.deepEqual(put.sort(), [...TAGS].sort());
  assert.deepEqual(
    TAGS.map((tag) => destination.tags("app")[tag]),
    images.map(({ root }) => root.digest),
  );
  assert.equal((await store.tags.summaries(0)).get("app")?.inStep, TAGS.length);

  // it works again, and ends in order
  const { run: next } = await store.runs.begin({ mirror: "app", trigger: "manual", key: "2", at: Date.now() });
  await stopped.line(({ event, run }) => event === "job-ended" && run === next.id);
  for (const worker of [stopped, third]) worker.kill("SIGTERM");
  assert.deepEqual(await Promise.all([stopped.ended, third.ended]), [0, 0]);
  assert.deepEqual((await store.workers.all()).length, 1, "the one that was killed could not say that it is gone");
});
