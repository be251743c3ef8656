import type { Outcome } from "../../copy/outcome.ts";
import type { Delivery } from "../../notify/index.ts";
import type { Edition } from "../../release/edition.ts";
import { type Remark, remarkText } from "../../release/remark.ts";
import type { StepOutcome } from "../../release/step.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type FailureJson, failureJson } from "../output/failure.ts";
import { type NotificationJson, notificationsJson } from "../report/notifications.ts";
import { type OutcomeJson, outcomeJson, type RunFacts, type Totals, totalsOf } from "../report/report.ts";
import { type StepJson, stepJson } from "../report/step-json.ts";

/** What a build, a push or a release has come to, for programs. */
export interface PublishReport {
  readonly version: 1;
  readonly command: string;
  readonly ok: boolean;
  readonly image: {
    readonly name: string;
    readonly version?: string;
    readonly revision?: string;
    readonly digest?: string;
    /** Never overwritten. */
    readonly tags: readonly string[];
    readonly floatingTags: readonly string[];
  };
  /** The release's page. */
  readonly url?: string;
  readonly steps: readonly StepJson[];
  /** Of the pushes, as of a sync. */
  readonly outcomes: readonly OutcomeJson[];
  readonly totals: Totals;
  /** After a failure: what stands where, for people. */
  readonly left?: readonly string[];
  /** After a failure: the command that goes on. */
  readonly next?: string;
  readonly errors?: readonly FailureJson[];
  /** Who was told, where anybody wanted to be. */
  readonly notifications?: readonly NotificationJson[];
}

export interface PublishMaterial {
  readonly name: string;
  readonly edition: Edition;
  readonly digest?: string;
  readonly url?: string;
  readonly steps: readonly StepOutcome[];
  readonly outcomes: readonly Outcome[];
  readonly facts: RunFacts;
  readonly left: readonly Remark[];
  readonly next?: string;
  readonly stops: readonly SlipwayError[];
  readonly notified?: readonly Delivery[];
}

export function publishReport(command: string, material: PublishMaterial, words: Words): PublishReport {
  const { name, edition, digest, url, steps, outcomes, facts, left, next, stops, notified } = material;
  const { version, revision, fixed, floating, moving } = edition;
  return {
    version: 1,
    command,
    ok: stops.length === 0 && steps.every((step) => step.status !== "failed"),
    image: {
      name,
      ...(version !== undefined && { version }),
      ...(revision !== undefined && { revision }),
      ...(digest !== undefined && { digest }),
      tags: fixed,
      floatingTags: [...floating, ...moving].map((tag) => tag.name),
    },
    ...(url !== undefined && { url }),
    steps: steps.map((step) => stepJson(step, words)),
    outcomes: outcomes.map((outcome) => outcomeJson(outcome, words)),
    totals: totalsOf(outcomes, facts),
    ...(left.length > 0 && { left: left.map((one) => remarkText(one, words.language)) }),
    ...(next !== undefined && { next }),
    ...(stops.length > 0 && { errors: stops.map((error) => failureJson(error, words)) }),
    ...notificationsJson(notified, words),
  };
}
