import { setTimeout as sleep } from "node:timers/promises";
import type { RecordedRequest, TestGitHub, TestRegistry } from "../../src/testing/index.ts";
import type { Run } from "../tools/workplace.ts";

/** More kills than anything here has effects: a run that gets no further is a failure, not a loop. */
const MOST_KILLS = 100;
const EFFECTS = ["repos/create-release", "repos/update-release", "repos/upload-release-asset"] as const;

/** A run that can be killed. */
export type Killable = (kill: AbortSignal) => Promise<Run>;

/** How often runs were killed, and the one that reached its end. */
export interface Reaped {
  readonly kills: number;
  readonly last: Run;
}

/**
 * Runs a command again and again. Of each run one effect is let through, and it is killed before it hears of that; so
 * every effect is once the last that a run had.
 * @param then what is looked at after each kill
 */
export async function killAtEachEffect(
  run: Killable,
  places: { readonly registries: readonly TestRegistry[]; readonly github?: TestGitHub },
  then: () => void = () => {},
): Promise<Reaped> {
  for (let kills = 0; kills < MOST_KILLS; kills += 1) {
    const last = await runToFirstEffect(run, places);
    if (last.code !== -1) return { kills, last };
    then();
  }
  throw new Error(`no end after ${MOST_KILLS} kills`);
}

async function runToFirstEffect(
  run: Killable,
  { registries, github }: Parameters<typeof killAtEachEffect>[1],
): Promise<Run> {
  const kill = new AbortController();
  let taken = false;
  const killWhen = async (isDone: () => boolean) => {
    while (!isDone()) await sleep(1);
    kill.abort();
  };
  const isFirst = (request: RecordedRequest) => {
    if (request.method !== "PUT" || taken) return false;
    taken = true;
    void killWhen(() => request.endedAt !== undefined);
    return true;
  };
  const first = new WeakSet<RecordedRequest>();
  for (const { faults } of registries) {
    const where = (request: RecordedRequest) => {
      if (isFirst(request)) first.add(request);
      return first.has(request);
    };
    faults.add({ where, effect: { kind: "lose-answer" } });
    const comesLater = (request: RecordedRequest) => request.method === "PUT" && !first.has(request);
    faults.add({ where: comesLater, effect: { kind: "cut", of: "request", afterBytes: 0 } });
  }
  const before = github?.requests.writes().length ?? 0;
  for (const operation of EFFECTS) {
    github?.faults.add({ operation, times: 1, fault: { kind: "cut-after" } });
    github?.faults.add({ operation, after: 1, fault: { kind: "cut-before" } });
  }
  const ended = new AbortController();
  const watch = async () => {
    while (!ended.signal.aborted) {
      if ((github?.requests.writes().slice(before) ?? []).some(({ status }) => status > 0)) return kill.abort();
      await sleep(1);
    }
  };
  const watching = watch();
  try {
    return await run(kill.signal);
  } finally {
    ended.abort();
    await watching;
    for (const { faults } of [...registries, ...(github === undefined ? [] : [github])]) faults.clear();
  }
}
