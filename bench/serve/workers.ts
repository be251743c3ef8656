import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../../src/store/open.ts";
import type { RunRecord } from "../../src/store/records.ts";
import type { Store } from "../../src/store/store.ts";
import { startPostgres, type TestPostgres } from "../../src/testing/index.ts";
import { Serving } from "../../test/support/serving.ts";
import { Workplace } from "../../test/support/workplace.ts";
import { startHonestRegistry } from "../measure/honest-registry.ts";
import type { StartedRegistry } from "../work/registries.ts";
import { cpuSeconds, watchMachine } from "./figures.ts";

const REPOSITORY = "bench/surveyed";
const MIRROR = "tags";
/** Workers live for months: each has brought some of the tags elsewhere before it is measured. */
const WARM = { mirror: "warm", tags: '{ match: ["*[13]"] }' };
const LOOK = 50;

export interface Sync {
  readonly tags: number;
  /** Milliseconds each way, to each registry. The registries wait themselves: a link's own work would be a fifth of all. */
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

/** Lets so many workers, one number after the other, bring all tags of a mirror from a far registry to another. */
export async function shareSync(sync: Sync, workers: readonly number[]): Promise<readonly Shared[]> {
  await using postgres = await startPostgres();
  await using source = await startHonestRegistry(sync.tags, 2 * sync.latency);
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
  const destination = stack.use(await startHonestRegistry(0, 2 * latency));
  const [from, to] = [`${source.host}/${REPOSITORY}`, `${destination.host}/bench`];
  const mirrors = [
    `{ name: ${MIRROR}, from: ${from}, to: ${to}/measured }`,
    `{ name: ${WARM.mirror}, from: ${from}, to: ${to}/warm, tags: ${WARM.tags} }`,
  ];
  const workplace = stack.use(
    await Workplace.with({ "slipway.yaml": `version: 1\nmirrors: [${mirrors.join(", ")}]\n` }),
  );
  const url = await postgres.createDatabase();
  const store = await openStore({ url });
  stack.defer(() => store.close());
  const env = { SLIPWAY_DATABASE_URL: url };
  const workers = Array.from({ length: count }, () => stack.use(new Serving(workplace, "worker", { env })));
  for (const worker of workers) await worker.line(({ event }) => event === "started");

  await ran(store, WARM.mirror);
  const cpu = () => workers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const [before, busy] = [cpu(), watchMachine()];
  const { queuedAt, endedAt = 0, jobs, counts, state } = await ran(store, MIRROR);
  if (state !== "done" || counts.copied !== tags) throw new Error(`${state}: ${counts.copied} of ${tags} were copied`);
  return {
    workers: count,
    seconds: (endedAt - queuedAt) / 1000,
    cpuSeconds: cpu() - before,
    jobs: jobs.total,
    busy: busy(),
  };
}

/** Begins a run of a mirror, and gives it when it has ended. */
async function ran(store: Store, mirror: string): Promise<RunRecord> {
  const { run } = await store.runs.begin({ mirror, trigger: "manual", key: "once", at: Date.now() });
  for (;;) {
    const now = await store.runs.get(run.id);
    if (now?.endedAt !== undefined) return now;
    await sleep(LOOK);
  }
}
