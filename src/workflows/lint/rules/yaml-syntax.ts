import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { yamlHeredocs } from "../model/yaml-heredocs.ts";
import type { Rule } from "../rule.ts";

/** What is no YAML at all is refused before the rules; here is what has not the shape, and what heredocs write. */
export const yamlSyntax: Rule = {
  name: "yaml-syntax",
  severity: "error",
  link: "https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#about-yaml-syntax-for-workflows",
  *check(workflow) {
    const { tree, kind } = workflow;
    if (tree.kind !== "mapping") {
      yield remark(tree.place, "lint.yaml-syntax.shape", { key: "jobs" });
      return;
    }
    const missing = (kind === "action" ? ["runs"] : ["on", "jobs"]).find((key) => entryOf(tree, key) === undefined);
    if (missing !== undefined) yield remark(tree.place, "lint.yaml-syntax.shape", { key: missing });
    for (const { name, body, content, placeOf } of yamlHeredocs(workflow)) {
      // What the shell or GitHub puts in can make YAML of what is none yet.
      if (content.kind === "tree" || /[$`]/.test(body) || body.trim() === "") continue;
      yield remark(placeOf(content.place), "lint.yaml-syntax.heredoc", { file: name, reason: content.reason });
    }
  },
};
