import type { Digest } from "../oci/digest.ts";
import type { PrunableTarget } from "../target/target.ts";
import { asFailure } from "../words/error.ts";
import type { Tell } from "./events.ts";
import { type Ending, NO_COUNTS, type Outcome } from "./outcome.ts";
import { imageName, type Removal } from "./plan.ts";
import { forEachOf } from "./pool.ts";
import { removeByDigest } from "./remove-by-digest.ts";

export interface PruneOptions {
  /** What became of the run's images: nothing goes from a repository that one of them failed for. */
  readonly outcomes: readonly Outcome[];
  readonly signal?: AbortSignal;
  readonly tell?: Tell;
}

/** Tags of one repository taken away at the same time. */
const CONCURRENCY = 8;

/**
 * Takes away the tags that a plan shows, those alone, and each only while it still has the digest that the plan shows.
 * Where a place deletes no tags, the whole manifest goes, if nothing else there needs it. Nothing is thrown for a tag
 * that fails: its outcome says so.
 */
export async function prune(
  removals: readonly Removal[],
  placeOf: (name: string) => PrunableTarget,
  options: PruneOptions,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const end = (removal: Removal, ending: Ending) => {
    const { source, destination, tag } = removal;
    const subject = { source: imageName(source, tag), destination: imageName(destination, tag) };
    const outcome: Outcome = { ...subject, ...NO_COUNTS, ...ending };
    outcomes.push(outcome);
    options.tell?.({ kind: "ended", outcome });
  };
  for (const [name, group] of Map.groupBy(removals, ({ destination }) => destination)) {
    options.signal?.throwIfAborted();
    if (hasFailure(name, options.outcomes)) {
      for (const removal of group) end(removal, { status: "skipped", reason: "withheld", digest: removal.digest });
    } else {
      await pruneRepository(placeOf(name), group, untaggedAt(name, options.outcomes), end);
    }
  }
  return outcomes;
}

/** The removals of a plan that may be carried out, as far as is known: those where no image failed. */
export function permitted(removals: readonly Removal[], outcomes: readonly Outcome[]): readonly Removal[] {
  return removals.filter(({ destination }) => !hasFailure(destination, outcomes));
}

function hasFailure(name: string, outcomes: readonly Outcome[]): boolean {
  return outcomes.some((outcome) => outcome.status === "failed" && isAt(name, outcome));
}

/** What the run brought to a repository, or found there, by digest only: no tag shows that it is to stay. */
function untaggedAt(name: string, outcomes: readonly Outcome[]): ReadonlySet<Digest> {
  return new Set(outcomes.flatMap(({ destination, digest }) => (destination.startsWith(`${name}@`) && digest) || []));
}

/** Whether an outcome is about a repository, or an image of it. */
function isAt(name: string, { destination }: Outcome): boolean {
  return destination === name || destination.startsWith(`${name}:`) || destination.startsWith(`${name}@`);
}

async function pruneRepository(
  target: PrunableTarget,
  removals: readonly Removal[],
  untagged: ReadonlySet<Digest>,
  end: (removal: Removal, ending: Ending) => void,
): Promise<void> {
  const refused: Removal[] = [];
  await forEachOf(removals, CONCURRENCY, async (removal) => {
    const ending = await removeTag(target, removal);
    if (ending === "refused") refused.push(removal);
    else end(removal, ending);
  });
  if (refused.length > 0) await removeByDigest(target, refused, untagged, end);
}

async function removeTag(target: PrunableTarget, { tag, digest }: Removal): Promise<Ending | "refused"> {
  try {
    const there = await target.resolve(tag);
    if (there?.digest !== digest) return { status: "skipped", reason: "moved" };
    await target.remove(tag);
    return { status: "removed", digest };
  } catch (thrown) {
    const error = asFailure(thrown).on("destination");
    return error.code === "DELETE_REFUSED" ? "refused" : { status: "failed", error, digest };
  }
}
