import type { Place } from "../../../config/reading/place.ts";
import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { pushedBuilds } from "../model/builds.ts";
import { requires } from "../model/condition.ts";
import { commandsOf } from "../model/publications.ts";
import { inputOf, type Job, type Step, stepsIn, triggerOf, usesAction, type Workflow } from "../model/workflow.ts";
import { linesOf, placeWithin, writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** `latest` is the newest stable version; a prerelease, or whatever was pushed last, must not take it. */
export const latestUnguarded: Rule = {
  name: "latest-unguarded",
  severity: "warning",
  link: "https://github.com/docker/metadata-action#latest-tag",
  *check(workflow) {
    const reason = unguardedBy(workflow);
    if (reason === undefined) return;
    for (const { job, step } of stepsIn(workflow)) {
      if ([job.condition, step.condition].some((condition) => requires(condition, isGuard))) continue;
      for (const place of latestIn(workflow, job, step)) yield remark(place, `lint.latest-unguarded.${reason}`);
    }
  },
};

/** Which runs would move `latest` though they should not: those of any branch, or those of tags of prereleases. */
function unguardedBy(workflow: Workflow): "branch" | "prerelease" | undefined {
  const push = triggerOf(workflow, "push");
  if (push !== undefined) {
    const [branches, tags] = ["branches", "tags"].map((key) => linesOf(entryOf(push.settings, key)?.value));
    if (push.settings?.kind !== "mapping" || (!branches?.length && !tags?.length)) return "branch";
    if (branches?.some((branch) => branch === "*" || branch === "**")) return "branch";
    const excludes = tags?.some((tag) => tag.startsWith("!") && tag.includes("-"));
    if (tags?.some((tag) => tag.endsWith("*")) && !excludes) return "prerelease";
  }
  return triggerOf(workflow, "release") === undefined ? undefined : "prerelease";
}

function isGuard(part: string): boolean {
  return (
    /prerelease|is_default_branch|default_branch/.test(part) ||
    /^!\s*contains\(\s*github\.(?:ref|ref_name|event\.release\.tag_name)\s*,\s*'-/.test(part) ||
    /^github\.ref(?:_name)?\s*==\s*'/.test(part)
  );
}

function latestIn(workflow: Workflow, job: Job, step: Step): readonly Place[] {
  if (usesAction(step, "docker/metadata-action")) {
    return ["tags", "flavor"].flatMap((input) => {
      const written = writtenOf(inputOf(step, input));
      if (written === undefined) return [];
      const pattern =
        input === "tags"
          ? /^[ \t]*(?:type=raw,.*\bvalue=latest\b|type=raw,latest\b|latest\b).*$/gm
          : /\blatest=true\b/g;
      return [...written.text.matchAll(pattern)]
        .filter(([line]) => !/\benable=(?!true\b)/.test(line))
        .map((match) => placeWithin(workflow.lines, written, match.index + match[0].search(/\S/)));
    });
  }
  const isLatest = (tag: string) => /:latest$/.test(tag);
  const built = pushedBuilds({ ...workflow, jobs: [{ ...job, steps: [step] }] });
  const ofAction = built.some(({ tags }) => tags.some(isLatest))
    ? built.map(({ step: one, place }) => writtenOf(inputOf(one, "tags"))?.place ?? place)
    : [];
  const pushed = commandsOf(workflow, step).filter(({ text }) =>
    /^(?:docker|podman)\s+push\s+(?:\S+\s+)*"?\S+:latest"?$/.test(text),
  );
  return [...ofAction, ...pushed.map(({ place }) => place)];
}
