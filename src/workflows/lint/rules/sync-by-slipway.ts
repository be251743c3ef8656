import { remark } from "../finding.ts";
import { commandsOf } from "../model/publications.ts";
import { stepsIn } from "../model/workflow.ts";
import type { Rule } from "../rule.ts";

/** What these programs do, `slipway sync` does with their own files. */
export const syncBySlipway: Rule = {
  name: "sync-by-slipway",
  severity: "info",
  link: "https://github.com/AliyunContainerService/image-syncer",
  *check(workflow) {
    for (const { step } of stepsIn(workflow)) {
      for (const { text, place } of commandsOf(workflow, step)) {
        const [, program] =
          /^(?:sudo\s+)?(?:\S*\/)?(image-syncer\s+-|regsync\s+(?:once|server|check)|skopeo\s+sync)/.exec(text) ?? [];
        if (program !== undefined)
          yield remark(place, "lint.sync-by-slipway", { program: program.split(/\s/)[0] ?? "" });
      }
    }
  },
};
