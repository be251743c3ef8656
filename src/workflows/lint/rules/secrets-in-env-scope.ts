import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { expressionsIn, secretsIn } from "../model/expressions.ts";
import { readScript } from "../model/script.ts";
import { stepsIn } from "../model/workflow.ts";
import { textsIn } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** A secret belongs to the step that uses it: not to every action of a job, not into a script, not into a file. */
export const secretsInEnvScope: Rule = {
  name: "secrets-in-env-scope",
  severity: "warning",
  link: "https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information",
  *check(workflow) {
    const { lines } = workflow;
    for (const tree of [workflow.tree, ...workflow.jobs.map((job) => job.tree)]) {
      for (const { text, place } of textsIn(entryOf(tree, "env")?.value).flatMap((one) => expressionsIn(lines, one))) {
        for (const secret of secretsIn(text)) yield remark(place, "lint.secrets-in-env-scope", { secret });
      }
    }
    for (const { step } of stepsIn(workflow)) {
      if (step.run === undefined) continue;
      const { heredocs } = readScript(step.run.text);
      for (const { text, place, offset } of expressionsIn(lines, step.run)) {
        const into = heredocs.find(
          (heredoc) => offset >= heredoc.offset && offset < heredoc.offset + heredoc.body.length,
        );
        for (const secret of secretsIn(text)) {
          yield into === undefined
            ? remark(place, "lint.secrets-in-env-scope.script", { secret }, "error")
            : remark(place, "lint.secrets-in-env-scope.heredoc", { secret, file: into.file ?? "stdin" }, "error");
        }
      }
    }
  },
};
