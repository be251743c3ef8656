import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../../src/store/open.ts";
import type { RunRecord } from "../../src/store/records.ts";
import type { Store } from "../../src/store/store.ts";
import { startLink, startPostgres, type TestPostgres } from "../../src/testing/index.ts";
import { Serving } from "../../test/support/serving.ts";
import { Workplace } from "../../test/support/workplace.ts";
import { startHonestRegistry } from "../measure/honest-registry.ts";
import type { StartedRegistry } from "../work/registries.ts";
import { cpuSeconds, watchMachine } from "./figures.ts";

const REPOSITORY = "bench/surveyed";
const MIRROR = "tags";
const LOOK = 50;

export interface Sync {
  readonly tags: number;
  /** Milliseconds each way, to each registry. */
  readonly latency: number;
}

/** What so many workers needed for one sync. */
export interface Shared {
  readonly workers: number;
  readonly seconds: number;
  /** Of all workers together. */
  readonly cpuSeconds: number;
  readonly jobs: number;
  /** Of the machine, from 0 to 1: near 1, more workers cannot be faster. */
  readonly busy: number;
}

/** Lets so many workers, one number after the other, bring all tags of a mirror to a new registry over two links. */
export async function shareSync(sync: Sync, workers: readonly number[]): Promise<readonly Shared[]> {
  await using postgres = await startPostgres();
  await using source = await startHonestRegistry(sync.tags);
  const shared: Shared[] = [];
  for (const count of workers) shared.push(await share(sync, postgres, source, count));
  return shared;
}

async function share(
  { tags, latency }: Sync,
  postgres: TestPostgres,
  source: StartedRegistry,
  count: number,
): Promise<Shared> {
  await using stack = new AsyncDisposableStack();
  const destination = stack.use(await startHonestRegistry(0));
  const far = async (host: string) => stack.use(await startLink({ port: Number(host.split(":")[1]), latency })).host;
  const [from, to] = [await far(source.host), await far(destination.host)];
  const mirror = `{ name: ${MIRROR}, from: ${from}/${REPOSITORY}, to: ${to}/${REPOSITORY} }`;
  const workplace = stack.use(await Workplace.with({ "slipway.yaml": `version: 1\nmirrors:\n  - ${mirror}\n` }));
  const url = await postgres.createDatabase();
  const store = await openStore({ url });
  stack.defer(() => store.close());
  const env = { SLIPWAY_DATABASE_URL: url };
  const workers = Array.from({ length: count }, () => stack.use(new Serving(workplace, "worker", { env })));
  for (const worker of workers) await worker.line(({ event }) => event === "started");

  const cpu = () => workers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const [before, busy] = [cpu(), watchMachine()];
  const { run } = await store.runs.begin({ mirror: MIRROR, trigger: "manual", key: "once", at: Date.now() });
  const { queuedAt, endedAt = 0, jobs, counts, state } = await endOf(store, run.id);
  if (state !== "done" || counts.copied !== tags) throw new Error(`${state}: ${counts.copied} of ${tags} were copied`);
  return {
    workers: count,
    seconds: (endedAt - queuedAt) / 1000,
    cpuSeconds: cpu() - before,
    jobs: jobs.total,
    busy: busy(),
  };
}

async function endOf(store: Store, id: string): Promise<RunRecord> {
  for (;;) {
    const run = await store.runs.get(id);
    if (run?.endedAt !== undefined) return run;
    await sleep(LOOK);
  }
}
