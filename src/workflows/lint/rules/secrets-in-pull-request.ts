import { entriesOf, entryOf, type Tree } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { expressionsIn, secretsIn } from "../model/expressions.ts";
import { isReachedByPullRequest } from "../model/reach.ts";
import { textsIn, writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** What a pull request changes runs with them: a fork's gets none and fails, a branch's can send them anywhere. */
export const secretsInPullRequest: Rule = {
  name: "secrets-in-pull-request",
  severity: "error",
  link: "https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information",
  *check(workflow) {
    const reached = workflow.jobs.filter((job) => isReachedByPullRequest(workflow, job));
    const parts: (Tree | undefined)[] = reached.length > 0 ? [entryOf(workflow.tree, "env")?.value] : [];
    for (const job of reached) {
      for (const { key, place, value } of entriesOf(job.tree)) {
        if (key === "secrets" && writtenOf(value)?.text === "inherit") {
          yield remark(place, "lint.secrets-in-pull-request", { secret: "inherit" });
        }
        if (key !== "steps") parts.push(value);
      }
      parts.push(...job.steps.filter((step) => isReachedByPullRequest(workflow, job, step)).map(({ tree }) => tree));
    }
    for (const { text, place } of parts.flatMap(textsIn).flatMap((one) => expressionsIn(workflow.lines, one))) {
      for (const secret of secretsIn(text).filter((one) => one !== "GITHUB_TOKEN")) {
        yield remark(place, "lint.secrets-in-pull-request", { secret });
      }
    }
  },
};
