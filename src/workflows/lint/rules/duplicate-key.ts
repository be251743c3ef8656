import { repeatedEntries, type Tree } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { yamlHeredocs } from "../model/yaml-heredocs.ts";
import type { Rule } from "../rule.ts";

/** Of two lines with one key at most one counts: `images.yaml` with a source twice has lost a destination. */
export const duplicateKey: Rule = {
  name: "duplicate-key",
  severity: "error",
  link: "https://yaml.org/spec/1.2.2/#mapping",
  *check(workflow) {
    for (const { entry, first } of repeatedIn(workflow.tree)) {
      yield remark(entry.place, "lint.duplicate-key", { key: entry.key, first });
    }
    for (const { name, content, placeOf } of yamlHeredocs(workflow)) {
      if (content.kind === "refused") continue;
      for (const { entry, first } of repeatedIn(content.tree)) {
        const firstPlace = placeOf({ ...entry.place, line: first, column: 1 });
        const facts = { file: name, key: entry.key, first: firstPlace.line };
        yield remark(placeOf(entry.place), "lint.duplicate-key.heredoc", facts);
      }
    }
  },
};

function repeatedIn(tree: Tree): ReturnType<typeof repeatedEntries> {
  if (tree.kind === "scalar") return [];
  if (tree.kind === "list") return tree.items.flatMap(repeatedIn);
  return [...repeatedEntries(tree.entries), ...tree.entries.flatMap(({ value }) => repeatedIn(value))];
}
