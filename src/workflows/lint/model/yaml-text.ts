import type { Place } from "../../../config/reading/place.ts";
import { problemsOf } from "../../../config/reading/problems.ts";
import { readTree } from "../../../config/reading/read-tree.ts";
import type { Tree } from "../../../config/reading/tree.ts";
import { SlipwayError } from "../../../words/error.ts";

/** A YAML text, or why it is none. */
export type YamlText =
  | { readonly kind: "tree"; readonly tree: Tree }
  | { readonly kind: "refused"; readonly place: Place; readonly reason: string };

/** Reads YAML whose keys may come twice, within the limits of the configuration's reader. Never throws for the text. */
export function readYamlText(file: string, text: string): YamlText {
  try {
    return { kind: "tree", tree: readTree({ file, text }, { expected: "`on:` and `jobs:`", duplicateKeys: true }) };
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    const [problem = thrown] = problemsOf(thrown);
    const [, line = "1", column = "1"] = /:(\d+):(\d+)$/.exec(String(problem.facts.where ?? "")) ?? [];
    const reason = String(problem.facts.reason ?? `it holds nothing, not ${problem.facts.expected}`);
    return { kind: "refused", place: { file, line: Number(line), column: Number(column) }, reason };
  }
}
