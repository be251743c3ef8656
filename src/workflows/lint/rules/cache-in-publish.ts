import type { Place } from "../../../config/reading/place.ts";
import { remark } from "../finding.ts";
import { publishingJobs } from "../model/publications.ts";
import { inputOf, type Step, usesAction } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** A cache holds what any run on the branch put there; what is published is made from sources alone. */
export const cacheInPublish: Rule = {
  name: "cache-in-publish",
  severity: "warning",
  link: "https://docs.zizmor.sh/audits/#cache-poisoning",
  *check(workflow) {
    for (const { steps } of publishingJobs(workflow)) {
      for (const step of steps) {
        const place = cachedAt(step);
        const what = step.uses?.text.split("@")[0] ?? "";
        if (place !== undefined) yield remark(place, "lint.cache-in-publish", { what });
      }
    }
  },
};

/** Where a step says that it takes something from a cache. */
function cachedAt(step: Step): Place | undefined {
  const isCache = usesAction(step, "actions/cache", "swatinem/rust-cache") && !usesAction(step, "actions/cache/save");
  if (isCache) return step.uses?.place;
  if (usesAction(step, "docker/build-push-action", "docker/bake-action")) {
    const from = writtenOf(inputOf(step, "cache-from"));
    return /\btype=gha\b/.test(from?.text ?? "") ? from?.place : undefined;
  }
  if (!usesAction(step, ...SETUP)) return undefined;
  const cache = writtenOf(inputOf(step, "cache"));
  if (cache === undefined) return usesAction(step, "actions/setup-go") ? step.uses?.place : undefined;
  return cache.text === "false" ? undefined : cache.place;
}

/** Those that have an input `cache`; setup-go takes it for granted. */
const SETUP = [
  "actions/setup-node",
  "actions/setup-python",
  "actions/setup-java",
  "actions/setup-go",
  "actions/setup-dotnet",
  "pnpm/action-setup",
  "dtolnay/rust-toolchain",
];
