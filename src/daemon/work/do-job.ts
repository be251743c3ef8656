import { byLists } from "../../copy/by-lists.ts";
import { copyImages } from "../../copy/copy-images.ts";
import type { CopyEvent } from "../../copy/events.ts";
import { type CopyRequest, subjectOf } from "../../copy/plan.ts";
import type { Targets } from "../../mirror/expand.ts";
import { isReferrerTag } from "../../mirror/referrer-tags.ts";
import { isDigest } from "../../oci/digest.ts";
import type { Batch } from "../../store/records.ts";
import { asFailure, type SlipwayError } from "../../words/error.ts";
import { attributed } from "./attribution.ts";
import { type Scope, scopeOf } from "./scope.ts";
import type { Task } from "./task.ts";
import { DestinationWithin, SourceWithin } from "./within.ts";

/** What became of a job, before anything is recorded. */
export interface Done {
  /** What it was about; undefined where that was not found out. */
  readonly scope: Scope | undefined;
  /** What others are to go on with: tags, in parts. */
  readonly batches: readonly Batch[];
  /** Whether all of it is to be done anew. */
  readonly isUndone: boolean;
  /** What ended it before it was through. */
  readonly error: SlipwayError | undefined;
}

/**
 * Does a job: finds out what there is to do, and does it if that is no more than one worker takes at once; else it is
 * split. A job that is stopped leaves the rest as a part of its own. Never throws; nothing is recorded here.
 */
export async function doJob(task: Task): Promise<Done> {
  const { hold, journal } = task;
  let scope: Scope | undefined;
  try {
    return await attributed(
      (event) => journal.registry(event),
      async () => {
        const { job, run } = hold.lease;
        scope = await scopeOf(job, task.mirror.rule, targetsOf(task));
        if (scope.requests.length === 0) sayNothing(task, job.tags);
        else if (run.tags === undefined && job.kind === "plan")
          journal.say("info", "daemon.log.listed", { images: scope.requests.length });
        const open = await copyOrSplit(task, scope.requests);
        return { scope, batches: partsOf(task, open), isUndone: false, error: undefined };
      },
    );
  } catch (thrown) {
    const error = asFailure(thrown);
    const isStop = hold.isStop(error);
    const open = isStop && scope !== undefined ? openOf(task, scope.requests) : [];
    // a digest is no tag: a part cannot name it
    const isUndone = isStop && (scope === undefined || open.some(({ reference }) => isDigest(reference)));
    if (isStop) journal.say("warn", "daemon.log.stopped", { images: open.length });
    return { scope, isUndone, batches: partsOf(task, open), error: isStop ? undefined : error };
  }
}

/** @returns what is left for others */
async function copyOrSplit(task: Task, requests: readonly CopyRequest[]): Promise<readonly CopyRequest[]> {
  const { hold, journal, client, batch, lists } = task;
  if (hold.lease.job.kind === "plan" && requests.length > batch) {
    const { inStep, open } = await byLists(requests, lists);
    for (const outcome of inStep) journal.end(outcome);
    if (open.length > batch) {
      journal.say("info", "daemon.log.split", { images: open.length, jobs: Math.ceil(open.length / batch) });
      return open;
    }
    await copy(open);
  } else {
    await copy(requests);
  }
  return [];

  async function copy(some: readonly CopyRequest[]): Promise<void> {
    if (some.length === 0) return;
    const { spool } = await client.cache();
    const options = { spool, lists, signal: hold.signal, tell: (event: CopyEvent) => journal.copy(event) };
    const outcomes = await copyImages(some, options);
    for (const outcome of outcomes) journal.settle(outcome);
    hold.signal.throwIfAborted();
  }
}

/** The client's repositories, bound to the job: they do nothing for it once it is not ours any more. */
function targetsOf({ client: { registry }, hold }: Task): Targets {
  return {
    source: (repository) => new SourceWithin(registry.source(repository), hold),
    destination: (repository) =>
      new DestinationWithin(registry.repository(repository, { beforeWrite: hold.check }), hold),
  };
}

/** Those that are not known to have ended everywhere. */
function openOf({ hold, journal }: Task, requests: readonly CopyRequest[]): readonly CopyRequest[] {
  return requests.filter((request) =>
    request.destinations.some((destination) => {
      const { source, destination: name } = subjectOf(request, destination);
      const outcome = journal.told.get(`${source} ${name}`)?.outcome;
      return outcome === undefined || (outcome.status === "failed" && hold.isStop(outcome.error));
    }),
  );
}

function partsOf({ batch, hold }: Task, requests: readonly CopyRequest[]): readonly Batch[] {
  const tags = [...new Set(requests.map(({ reference }) => reference))];
  const referrerTags = hold.lease.job.referrerTags ?? referrerTagsOf(requests);
  return Array.from({ length: Math.ceil(tags.length / batch) }, (_, part) => ({
    tags: tags.slice(part * batch, (part + 1) * batch),
    ...(referrerTags !== undefined && { referrerTags }),
  }));
}

/** So many are worth being kept with each part; where there are more, each lists the source for itself. */
const MOST_REFERRER_TAGS = 200;

/** Tags at the source of what refers to images, where it was listed and they are few. */
function referrerTagsOf([request]: readonly CopyRequest[]): readonly string[] | undefined {
  if (request?.sourceTags === undefined) return undefined;
  const found = [...request.sourceTags].filter(isReferrerTag);
  return found.length > MOST_REFERRER_TAGS ? undefined : found;
}

function sayNothing({ journal, mirror }: Task, tags: readonly string[] | undefined): void {
  if (tags === undefined) journal.say("warn", "daemon.log.nothing-matched", { source: mirror.source });
  else journal.say("warn", "daemon.log.unmeant", { tags: tags.slice(0, 20).join(", ") });
}
