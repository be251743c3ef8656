import { readVersion } from "../metadata/index.ts";
import { failure } from "../words/error.ts";
import { type FloatingOutcome, moveFloating } from "./floating.ts";
import type { Served } from "./push.ts";
import { type Remark, remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { done, type StepEnding, skipped } from "./step.ts";

/** Step 7: tags that move with versions, last of all and only forward. @throws FLOATING_INCOMPLETE */
export async function floatingStep(run: Run, served: readonly Served[]): Promise<void> {
  const { edition, effects, steps } = run;
  const version = edition.version ?? "";
  if (edition.floating.length === 0) {
    await steps.add({ step: "floating-tags", ...skipped(noneRemark(version)) });
    return;
  }
  const outcomes = await moveFloating(served, edition.floating, version, effects);
  for (const outcome of outcomes) {
    await steps.add({ step: "floating-tags", subject: imageOf(outcome), ...endingOf(outcome, version) });
  }
  const missing = outcomes.filter(({ kind, outlet }) => kind === "failed" && outlet.required);
  if (missing.length > 0) throw failure("FLOATING_INCOMPLETE", { missing: missing.map(imageOf).join(", ") });
}

/** A prerelease has no floating tags, whatever the configuration says. */
function noneRemark(version: string): Remark {
  const isPrerelease = readVersion(version)?.stability === "prerelease";
  return isPrerelease ? remark("remark.floating.no-prerelease", { version }) : remark("remark.floating.none", {});
}

function imageOf({ outlet, tag }: Pick<FloatingOutcome, "outlet" | "tag">): string {
  return `${outlet.target.name}:${tag}`;
}

function endingOf(outcome: FloatingOutcome, version: string): StepEnding {
  if (outcome.kind === "failed") {
    return { status: "failed", error: outcome.error, tolerated: !outcome.outlet.required };
  }
  return outcome.kind === "moved"
    ? done(remark("remark.floating.moved", { image: imageOf(outcome), version }))
    : skipped(floatingRemark(outcome, version));
}

/** Why a floating tag is left where it is. */
export function floatingRemark(
  outcome: Exclude<FloatingOutcome, { kind: "moved" | "failed" }>,
  version: string,
): Remark {
  const image = imageOf(outcome);
  switch (outcome.kind) {
    case "in-step":
      return remark("remark.floating.in-step", { image });
    case "newer":
      return remark("remark.floating.newer", { image, newer: outcome.newer });
    case "stays":
      return remark(`remark.floating.${outcome.because}`, { image, version });
  }
}
