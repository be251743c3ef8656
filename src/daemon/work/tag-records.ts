import type { Outcome } from "../../copy/outcome.ts";
import type { Instant, TagRecord } from "../../store/records.ts";
import { storedError } from "../outbox/stored-error.ts";

/** One image at one destination, and what a job made of it. */
export interface Ended {
  /** The tag, or the digest, at the source. */
  readonly tag: string;
  readonly outcome: Outcome;
  readonly endedAt: Instant;
  /** What it stands for at the source, where it was found out and not changed: the job was stopped before. */
  readonly isOpen?: boolean;
}

export interface LookedAt {
  readonly mirror: string;
  readonly ended: readonly Ended[];
  /** What was known before, by destination. */
  readonly known: ReadonlyMap<string, TagRecord>;
  /** Since when the job has looked: whatever it saw, it saw later. */
  readonly since: Instant;
  /** When a webhook told that the tags have changed. */
  readonly toldAt?: Instant;
  /** When all that the mirror meant, as it means it now, was last seen in step: what is new has come since. */
  readonly completeAt?: Instant;
}

/**
 * What is known now of the tags that a job has looked at. Pure. Lag is what it can be at most: a source changes unseen
 * between two looks, so it is counted from the last look that saw both sides the same, or from a webhook's call.
 */
export function tagRecords(looked: LookedAt): readonly TagRecord[] {
  const tags = new Set([...looked.known.values()].map(({ tag }) => tag));
  return looked.ended.flatMap((ended) => {
    const known = looked.known.get(ended.outcome.destination);
    return recordOf(ended, known, looked, tags) ?? [];
  });
}

function recordOf(
  { tag, outcome, endedAt, isOpen }: Ended,
  known: TagRecord | undefined,
  looked: LookedAt,
  knownTags: ReadonlySet<string>,
): TagRecord | undefined {
  const { source, destination } = outcome;
  const common = { mirror: looked.mirror, source, destination, tag, checkedAt: looked.since };
  if (outcome.status === "failed") {
    // a job that was stopped before it had looked has nothing to tell
    if (isOpen && outcome.digest === undefined) return undefined;
    return {
      ...common,
      state: isOpen ? "behind" : "failed",
      sourceDigest: outcome.digest ?? known?.sourceDigest,
      destinationDigest: known?.destinationDigest,
      inStepAt: known?.inStepAt,
      arrivedAt: known?.arrivedAt,
      lag: known?.lag,
      behindSince: known?.behindSince ?? looked.toldAt ?? looked.since,
      ...(!isOpen && { error: storedError(outcome.error) }),
    };
  }
  if (outcome.status === "removed" || outcome.digest === undefined) return undefined;
  const digests = {
    sourceDigest: outcome.adapted?.from ?? outcome.digest,
    destinationDigest: outcome.digest,
  };
  const inStep = { ...common, state: "in-step", ...digests, inStepAt: looked.since } as const;
  const wasThere = known?.destinationDigest === outcome.digest;
  // sent once more, or completed by a signature: the image itself had arrived before
  if (wasThere && (outcome.status === "skipped" || known.state === "in-step")) {
    return { ...inStep, arrivedAt: known.arrivedAt, lag: known.lag };
  }
  if (outcome.status === "skipped" && known === undefined) return inStep;
  // a job that ended before it could tell has brought it, or somebody else
  const arrivedAt = outcome.status === "copied" ? endedAt : looked.since;
  const changedAfter = changeOf(known, looked, knownTags.has(tag));
  return { ...inStep, arrivedAt, lag: changedAfter === undefined ? undefined : Math.max(0, arrivedAt - changedAfter) };
}

/** After which moment the source changed, as far as that is known. */
function changeOf(known: TagRecord | undefined, { toldAt, completeAt }: LookedAt, isKnownTag: boolean) {
  const wasBehindBefore = known?.behindSince !== undefined && toldAt !== undefined && known.behindSince < toldAt;
  if (toldAt !== undefined && !wasBehindBefore) return toldAt;
  if (known !== undefined) return known.inStepAt;
  // the first time that a known tag comes to a destination says nothing of the source
  return isKnownTag ? undefined : completeAt;
}

/** The greatest lag of what a job has brought. */
export function greatestLag(records: readonly TagRecord[], since: Instant): number | undefined {
  const lags = records.flatMap(({ arrivedAt, lag }) => (lag !== undefined && (arrivedAt ?? 0) >= since ? [lag] : []));
  return lags.length === 0 ? undefined : Math.max(...lags);
}
