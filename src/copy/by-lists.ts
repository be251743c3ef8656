import { listedInStep } from "./in-step.ts";
import { NO_COUNTS, type Outcome } from "./outcome.ts";
import { type CopyRequest, subjectOf } from "./plan.ts";
import { forEachOf } from "./pool.ts";
import type { SharedLists } from "./shared-lists.ts";
import { TagLists } from "./tag-lists.ts";

const CONCURRENCY = 128;

/**
 * What lists alone say is in step, and what has to be looked at: the first look at what is too much for one worker. It
 * asks for no image at a source that lists no digests.
 */
export async function byLists(
  requests: readonly CopyRequest[],
  lists?: SharedLists,
): Promise<{ readonly inStep: readonly Outcome[]; readonly open: readonly CopyRequest[] }> {
  const tags = new TagLists(requests, lists);
  const inStep: Outcome[] = [];
  const open = new Set(requests);
  await forEachOf(requests, CONCURRENCY, async (request) => {
    const digest = await listedInStep(request, tags);
    if (digest === undefined) return;
    open.delete(request);
    for (const destination of request.destinations) {
      inStep.push({ ...subjectOf(request, destination), ...NO_COUNTS, status: "skipped", reason: "in-step", digest });
    }
  });
  return { inStep, open: [...open] };
}
