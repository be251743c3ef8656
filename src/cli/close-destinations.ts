import type { Outcome } from "../copy/outcome.ts";
import { type CopyRequest, subjectOf } from "../copy/plan.ts";
import type { WriteTarget } from "../target/target.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";

/** What closing came to. */
export interface Closed {
  /** With those failed that had arrived at a place that was then given up. */
  readonly outcomes: readonly Outcome[];
  /** What went wrong with closing. */
  readonly errors: readonly SlipwayError[];
}

/**
 * Archives and layouts become whole when they are closed. One that takes all of its images or none is given up when an
 * image for it failed or did not end: half an archive looks like a whole one.
 */
export async function closeDestinations(
  requests: readonly CopyRequest[],
  outcomes: readonly Outcome[],
): Promise<Closed> {
  const endings = new Map(outcomes.map((outcome) => [outcome.destination, outcome]));
  const namesOf = new Map<WriteTarget, Set<string>>();
  for (const request of requests) {
    for (const destination of request.destinations) {
      const names = namesOf.get(destination.target) ?? new Set();
      namesOf.set(destination.target, names.add(subjectOf(request, destination).destination));
    }
  }
  const errors: SlipwayError[] = [];
  const lost = new Map<string, SlipwayError>();
  for (const [target, names] of namesOf) {
    const isWhole = [...names].every((name) => (endings.get(name)?.status ?? "failed") !== "failed");
    try {
      if (isWhole || target.abandon === undefined) await target.close?.();
      else {
        await target.abandon();
        for (const name of names) lost.set(name, failure("PLACE_GIVEN_UP", { target: target.name }));
      }
    } catch (thrown) {
      errors.push(asFailure(thrown));
    }
  }
  return { outcomes: outcomes.map((outcome) => withoutLost(outcome, lost.get(outcome.destination))), errors };
}

function withoutLost(outcome: Outcome, error: SlipwayError | undefined): Outcome {
  return error === undefined || outcome.status !== "copied" ? outcome : { ...outcome, status: "failed", error };
}
