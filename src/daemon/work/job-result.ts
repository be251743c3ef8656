import { subjectOf } from "../../copy/plan.ts";
import type { HostRecord, Instant, TagRecord } from "../../store/records.ts";
import type { JobResult } from "../../store/store.ts";
import type { SlipwayError } from "../../words/error.ts";
import { storedError } from "../outbox/stored-error.ts";
import type { Done } from "./do-job.ts";
import type { Journal } from "./journal.ts";
import type { Scope } from "./scope.ts";
import { type Ended, greatestLag, tagRecords } from "./tag-records.ts";
import type { Task } from "./task.ts";

/**
 * What is to be recorded of a job.
 * @param since when it had begun to look
 * @throws STORE_UNREACHABLE
 */
export async function resultOf(task: Task, done: Done, since: Instant): Promise<JobResult> {
  const { journal, mirror, store, now } = task;
  const ended = endedOf(task, done);
  const known = await store.tags.find(
    mirror.name,
    ended.map(({ outcome }) => outcome.destination),
  );
  const byDestination = new Map(known.map((record) => [record.destination, record]));
  const { trigger, queuedAt } = task.hold.lease.run;
  const completeAt = await completionOf(task, ended, byDestination);
  const tags = tagRecords({
    mirror: mirror.name,
    ended,
    known: byDestination,
    since,
    ...(trigger === "webhook" && { toldAt: queuedAt }),
    ...(completeAt !== undefined && { completeAt }),
  });
  saySkipped(task, ended);
  const lag = greatestLag(tags, since);
  return {
    at: now(),
    counts: journal.counts,
    tags,
    lines: journal.lines,
    hosts: hostsOf(task),
    ...(lag !== undefined && { lag }),
    ...(done.error !== undefined && { error: storedError(done.error) }),
    ...(done.scope?.isWhole === true && { destinations: destinationsOf(task, done.scope) }),
  };
}

/** What is to be recorded of a job that was not begun at all. */
export function refusal({ counts, lines }: Journal, error: SlipwayError, at: Instant): JobResult {
  return { at, counts, lines, tags: [], hosts: [], error: storedError(error) };
}

function endedOf({ hold, journal }: Task, { scope }: Done): readonly Ended[] {
  const requests = scope?.requests ?? [];
  return requests.flatMap((request) =>
    request.destinations.flatMap((place): readonly Ended[] => {
      const { source, destination } = subjectOf(request, place);
      const told = journal.told.get(`${source} ${destination}`);
      if (told === undefined) return [];
      const { outcome, at } = told;
      const isOpen = outcome.status === "failed" && hold.isStop(outcome.error);
      return [{ tag: request.reference, outcome, endedAt: at, isOpen }];
    }),
  );
}

/**
 * When all that the mirror means was last seen in step, by the configuration that counts now: what has come since is
 * new. Only asked for where something came that nobody knew.
 */
async function completionOf(
  { mirror, store, loadedAt }: Task,
  ended: readonly Ended[],
  known: ReadonlyMap<string, TagRecord>,
): Promise<Instant | undefined> {
  if (!ended.some(({ outcome }) => outcome.status === "copied" && !known.has(outcome.destination))) return undefined;
  const record = (await store.mirrors.all()).find((one) => one.mirror === mirror.name);
  const endedAt = record?.lastSuccessAt;
  if (endedAt === undefined || loadedAt > endedAt) return undefined;
  const run = (await store.runs.latest([mirror.name])).find((one) => one.endedAt === endedAt);
  return run?.startedAt ?? endedAt;
}

/** All that the mirror has; an image for none of the platforms that are wanted is not among it. */
function destinationsOf({ journal }: Task, { requests }: Scope): ReadonlySet<string> {
  const subjects = requests.flatMap((request) => request.destinations.map((place) => subjectOf(request, place)));
  const wanted = subjects.filter(({ source, destination }) => {
    const outcome = journal.told.get(`${source} ${destination}`)?.outcome;
    return !(outcome?.status === "skipped" && outcome.reason === "platform");
  });
  return new Set(wanted.map(({ destination }) => destination));
}

/** What the hosts of the mirror have told of their limits. */
function hostsOf({ client, mirror: { rule }, now }: Task): readonly HostRecord[] {
  const hosts = new Set(
    [rule.source, ...rule.destinations.map(({ repository }) => repository)].map((one) => one.registry),
  );
  return client.registry.statistics().flatMap(({ host, rateLimit }) => {
    if (rateLimit === undefined || !hosts.has(host)) return [];
    return [{ host, limit: rateLimit.limit, remaining: rateLimit.remaining, seenAt: now() }];
  });
}

function saySkipped({ journal }: Task, ended: readonly Ended[]): void {
  for (const reason of ["in-step", "platform"] as const) {
    const images = ended.filter(({ outcome }) => outcome.status === "skipped" && outcome.reason === reason).length;
    if (images > 0) journal.say("info", `daemon.log.${reason}`, { images });
  }
}
