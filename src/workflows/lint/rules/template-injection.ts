import { remark } from "../finding.ts";
import { contextSafety } from "../model/context-safety.ts";
import { contextsIn, expressionsIn } from "../model/expressions.ts";
import { inputOf, stepsIn, usesAction } from "../model/workflow.ts";
import { writtenOf } from "../model/written.ts";
import type { Rule } from "../rule.ts";

/** An expression is put into the script before the shell reads it: its value is code. */
export const templateInjection: Rule = {
  name: "template-injection",
  severity: "warning",
  link: "https://docs.zizmor.sh/audits/#template-injection",
  *check(workflow) {
    for (const { job, step } of stepsIn(workflow)) {
      const script = usesAction(step, "actions/github-script") ? writtenOf(inputOf(step, "script")) : step.run;
      if (script === undefined) continue;
      for (const { text, place } of expressionsIn(workflow.lines, script)) {
        const contexts = contextsIn(text).map((context) => ({
          context,
          safety: contextSafety(context, { workflow, job, step }),
        }));
        const attacked = contexts.find(({ safety }) => safety === "attacker");
        const open = contexts.find(({ safety }) => safety === "unknown");
        if (attacked !== undefined) {
          yield remark(place, "lint.template-injection.attacker", { context: attacked.context }, "error");
        } else if (open !== undefined) yield remark(place, "lint.template-injection", { context: open.context });
      }
    }
  },
};
