/** Writes the rules of docs/lint.md: each with its reason, how to mend it, and its examples. */
import { hintOf, reasonOf } from "../src/workflows/lint/finding.ts";
import { examplesOf } from "../src/workflows/lint/fixtures.ts";
import type { Rule } from "../src/workflows/lint/rule.ts";
import { rules } from "../src/workflows/lint/rules.ts";
import { type Generated, table, write } from "./support/generated.ts";
import { lineDiff } from "./support/line-diff.ts";

export const lintReference: Generated = {
  page: "docs/lint.md",
  script: "scripts/lint-reference.ts",
  text: () => {
    const rows = rules.map(({ name, severity }) => [`[\`${name}\`](#${name})`, severity, plain(reasonOf(name, "en"))]);
    return [table(["rule", "severity", "why"], rows), ...rules.map(section)].join("\n\n");
  },
};

function section({ name, link }: Rule): string {
  const diffs = examplesOf(name).map(({ bad, good }) => `\`\`\`diff\n${lineDiff(bad, good)}\n\`\`\``);
  const reason = `${plain(reasonOf(name, "en"))} [More](${link})`;
  return [`### ${name}`, reason, `How to mend it: ${plain(hintOf(name, "en"))}.`, ...diffs].join("\n\n");
}

/** What stands in angle brackets is no Markdown here, unless it is code. */
function plain(words: string): string {
  return words.replace(/`[^`]*`|[<>]/g, (part) => (part.length > 1 ? part : `\\${part}`));
}

if (import.meta.main) await write(lintReference);
