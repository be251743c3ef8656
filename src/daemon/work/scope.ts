import type { MirrorRule } from "../../config/mirror-rule.ts";
import type { CopyRequest } from "../../copy/plan.ts";
import { expand, type Targets } from "../../mirror/expand.ts";
import type { JobRecord } from "../../store/records.ts";
import { narrow } from "./narrow.ts";

/** What a job is about. */
export interface Scope {
  readonly requests: readonly CopyRequest[];
  /** Whether these are all images that the mirror means. */
  readonly isWhole: boolean;
}

/**
 * The images that a job is to bring: all that its mirror means, or those of the job's tags that it means.
 * @throws what a source throws that cannot be listed; CONFIG_CONFLICT
 */
export async function scopeOf(
  { kind, tags, referrerTags }: Pick<JobRecord, "kind" | "tags" | "referrerTags">,
  rule: MirrorRule,
  targets: Targets,
): Promise<Scope> {
  if (tags === undefined) return { requests: await requestsOf(rule, targets), isWhole: true };
  const narrowed = narrow(rule, tags, kind === "batch");
  if (narrowed.kind === "nothing") return { requests: [], isWhole: false };
  const found = await requestsOf(narrowed.rule, targets);
  const requests = referrerTags === undefined ? found : knowing(found, [...tags, ...referrerTags]);
  if (narrowed.kind === "named") return { requests, isWhole: false };
  return { requests: requests.filter(({ reference }) => narrowed.only.has(reference)), isWhole: false };
}

/** For a batch, what the plan has seen of the source is all that there is to know. */
function knowing(requests: readonly CopyRequest[], tags: readonly string[]): readonly CopyRequest[] {
  const sourceTags = new Set(tags);
  return requests.map((request) => ({ ...request, sourceTags }));
}

async function requestsOf(rule: MirrorRule, targets: Targets): Promise<readonly CopyRequest[]> {
  const { requests, failed } = await expand([rule], targets);
  for (const outcome of failed) if (outcome.status === "failed") throw outcome.error;
  return requests;
}
