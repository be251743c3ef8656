import { setTimeout as sleep } from "node:timers/promises";
import type { SharedLists } from "../../copy/shared-lists.ts";
import type { Store } from "../../store/store.ts";
import { failure, type SlipwayError } from "../../words/error.ts";
import type { InForce, ServedMirror } from "../control.ts";
import type { Logbook } from "../log/logbook.ts";
import type { Client, Clients } from "./clients.ts";
import { doJob } from "./do-job.ts";
import type { Hold } from "./hold.ts";
import { refusal, resultOf } from "./job-result.ts";
import type { Journal } from "./journal.ts";
import { persistently } from "./persistently.ts";
import type { RunLists } from "./run-lists.ts";

/** A job that was begun so often and never ended takes its workers with it. */
const MOST_ATTEMPTS = 20;
const LOOK = 500;

/** What a job is handled with. */
export interface Handling {
  readonly hold: Hold;
  readonly journal: Journal;
  readonly worker: string;
  readonly store: Store;
  readonly clients: Clients;
  readonly runLists: RunLists;
  /** Called when only what came of the job is left to be recorded: registries have room for another. */
  readonly onDone: () => void;
  readonly inForce: () => InForce;
  readonly now: () => number;
  readonly log: Logbook;
  /** Milliseconds that a mirror is waited for which the configuration does not know. */
  readonly patience: number;
  readonly warn: (error: SlipwayError) => void;
  /** Aborted when the store is not waited for any more. */
  readonly givingUp: AbortSignal;
}

/** Does a job and records what came of it. @throws what the store throws, where it was waited for in vain */
export async function handle(handling: Handling): Promise<void> {
  const { hold, journal, worker, clients, runLists, log } = handling;
  const { job, run } = hold.lease;
  const began = performance.now();
  const ids = { mirror: run.mirror, run: run.id, job: job.id };
  if (job.attempts > 1) journal.say("warn", "daemon.log.again", { worker, attempt: job.attempts });
  else journal.say("info", "daemon.log.begun", { worker });
  log.debug("job-begun", { ...ids, kind: job.kind, trigger: run.trigger, attempt: job.attempts });
  const { isOurs, error } = await clients.with((client) =>
    runLists.with(run.id, (lists) => work(handling, client, lists)),
  );
  const { copied, skipped, failed, bytesWritten, requests } = journal.counts;
  const facts = { copied, skipped, failed, bytesWritten, requests };
  const milliseconds = Math.round(performance.now() - began);
  if (!isOurs) log.warn("job-lost", { ...ids, worker });
  else if (error === undefined) log.info("job-ended", { ...ids, ...facts, milliseconds });
  else log.failed("job-failed", error, { ...ids, ...facts, milliseconds });
}

interface Recorded {
  /** Whether the job was ours until its end was recorded. */
  readonly isOurs: boolean;
  /** What ended it before it was through. */
  readonly error?: SlipwayError | undefined;
}

async function work(handling: Handling, client: Client, shared: SharedLists): Promise<Recorded> {
  const { hold, journal, store, inForce, now } = handling;
  const { job, run } = hold.lease;
  if (job.attempts > MOST_ATTEMPTS) {
    return refuse(handling, failure("JOB_GIVEN_UP", { run: run.id, attempts: MOST_ATTEMPTS }));
  }
  const mirror = await mirrorOf(handling);
  if (mirror === undefined) return refuse(handling, failure("MIRROR_UNKNOWN", { mirror: run.mirror }));
  const since = now();
  const { serve, loadedAt } = inForce();
  // who begins again looks at what the one before has left
  const lists = job.attempts > 1 ? undefined : shared;
  const task = { hold, journal, mirror, loadedAt, batch: serve.batch, client, lists, store, now };
  const done = await doJob(task);
  handling.onDone();
  // what is told from here on is told with the end
  await hold.end();
  if (hold.isLost) return { isOurs: false };
  if (done.isUndone) {
    await asked(handling, () => store.jobs.giveBack(hold.lease, now()));
    return { isOurs: true };
  }
  const result = await asked(handling, () => resultOf(task, done, since));
  const isOurs = await asked(handling, () => store.jobs.split(hold.lease, done.batches, result));
  return { isOurs, error: done.error };
}

async function refuse(handling: Handling, error: SlipwayError): Promise<Recorded> {
  const { hold, journal, store, now } = handling;
  await hold.end();
  const isOurs = await asked(handling, () => store.jobs.finish(hold.lease, refusal(journal, error, now())));
  return { isOurs, error };
}

function asked<T>({ warn, givingUp }: Handling, ask: () => Promise<T>): Promise<T> {
  return persistently(ask, { warn, signal: givingUp });
}

/** The job's mirror; where another process knows it already, the file that says so may be on its way. */
async function mirrorOf({ hold, inForce, patience }: Handling): Promise<ServedMirror | undefined> {
  const { mirror } = hold.lease.run;
  const until = performance.now() + patience;
  for (;;) {
    const known = inForce().mirrors.get(mirror);
    if (known !== undefined || hold.signal.aborted || performance.now() >= until) return known;
    await sleep(LOOK, undefined, { signal: hold.signal }).catch(() => undefined);
  }
}
