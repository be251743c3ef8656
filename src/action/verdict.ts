import type { RunReport } from "./run-report.ts";

/** What a run came to, in a word. */
export type Status = "success" | "partial" | "failed" | "unchanged";

/** Slipway's exit code for what was done in part. */
export const PARTLY = 3;
/** Steps that only look: they are done again by each run, and change nothing. */
const LOOKING: readonly string[] = ["preflight", "compare"];

/** @param exit the command's exit code */
export function statusOf(exit: number, report: RunReport | undefined): Status {
  if (exit === PARTLY) return "partial";
  if (exit !== 0) return "failed";
  return report !== undefined && isUnchanged(report) ? "unchanged" : "success";
}

/** Whether all was there already. What was only planned, or of another kind than copying, is not told of so. */
function isUnchanged({ steps, outcomes, plan }: RunReport): boolean {
  if (plan !== undefined || steps.length + outcomes.length === 0) return false;
  // A push as a whole has a step without a subject besides those of its registries; it is done when it was looked at.
  const acting = steps.filter(
    ({ step, subject }) => !LOOKING.includes(step) && !(step === "push" && subject === undefined),
  );
  return [...acting, ...outcomes].every(({ status }) => status === "skipped");
}

/** The outputs of `action.yml`; empty where a run has nothing to say. */
export interface ActionOutputs {
  readonly status: Status;
  readonly digest: string;
  /** One a line. */
  readonly tags: string;
  readonly version: string;
  readonly url: string;
  /** A path. */
  readonly report: string;
}

/** @param file where a report is; empty for none */
export function outputsOf(status: Status, report: RunReport | undefined, file: string): ActionOutputs {
  const { image, url = "", outcomes = [] } = report ?? {};
  const digests = new Set(outcomes.flatMap(({ status: one, digest }) => (one === "failed" ? [] : (digest ?? []))));
  const [only = ""] = digests.size === 1 ? digests : [];
  return {
    status,
    digest: image?.digest ?? only,
    tags: report === undefined ? "" : tagsOf(report).join("\n"),
    version: image?.version ?? "",
    url,
    report: file,
  };
}

/** The image's tags that stand somewhere: one that was wanted and reached no registry is not claimed. */
function tagsOf({ image, outcomes, steps }: RunReport): readonly string[] {
  const pushed = outcomes.filter(({ status }) => status !== "failed").map(({ destination }) => destination);
  const moved = steps.filter(({ step, status }) => step === "floating-tags" && status === "done");
  const there = moved.concat(steps.filter(({ remark }) => remark === "floating.in-step"));
  const references = [...pushed, ...there.map(({ subject = "" }) => subject)];
  const wanted = [...(image?.tags ?? []), ...(image?.floatingTags ?? [])];
  return wanted.filter((tag) => references.some((reference) => reference.endsWith(`:${tag}`)));
}
