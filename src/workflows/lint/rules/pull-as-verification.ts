import { remark } from "../finding.ts";
import { commandsOf, imagePushes } from "../model/publications.ts";
import { stepsIn } from "../model/workflow.ts";
import type { Rule } from "../rule.ts";

/** A pull sees one platform of one registry, and counts against its limit; digests tell all of it. */
export const pullAsVerification: Rule = {
  name: "pull-as-verification",
  severity: "info",
  link: "https://docs.docker.com/docker-hub/usage/pulls/",
  *check(workflow) {
    const pushes = imagePushes(workflow);
    for (const { job, step } of stepsIn(workflow)) {
      for (const { text, place } of commandsOf(workflow, step)) {
        const isAfterPush = pushes.some((push) => push.job === job && push.place.line < place.line);
        if (isAfterPush && /^(?:docker|podman)\s+(?:image\s+)?pull\b/.test(text))
          yield remark(place, "lint.pull-as-verification");
      }
    }
  },
};
