import { hintOf, reasonOf } from "../../workflows/lint/finding.ts";
import { rules } from "../../workflows/lint/rules.ts";
import type { Context } from "../command.ts";
import { tellResult } from "../output/result.ts";
import { severityLabel } from "./severity-label.ts";

/** Lists the rules of lint, each with its reason and the page that has more of it. */
export async function tellRules(context: Context): Promise<void> {
  const { command, globals, words, out, paint } = context;
  const { language } = words;
  const told = rules.map(({ name, severity, link }) => ({
    rule: name,
    severity,
    reason: reasonOf(name, language),
    hint: hintOf(name, language),
    link,
  }));
  await tellResult(context, { version: 1, command, ok: true, rules: told });
  if (globals.json) return;
  for (const { rule, severity, reason, link } of told) {
    out.write(`${paint.out("bold", rule)} (${severityLabel(severity, words, paint.out)})\n  ${reason}\n  ${link}\n`);
  }
}
