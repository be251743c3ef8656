import type { Fault, FaultKey } from "../../config/compose/fault.ts";
import { siteText as english } from "../../words/en/site-text.ts";
import { fill } from "../../words/fill.ts";
import type { Language } from "../../words/words.ts";
import { siteText as chinese } from "../../words/zh-CN/site-text.ts";

/** What does not hold, and why. Secrets are never among the facts. */
export interface Problem extends Fault {
  /** A field's id; or `source`, `tag`, `digest`, `file`, which no field may be called. */
  readonly field: string;
}

export type ProblemKey = FaultKey;

/** What a person is told; the form's own message where it has one. */
export function problemText(problem: Problem, language: Language): string {
  const catalogue: Readonly<Record<ProblemKey, string>> = language === "en" ? english : chinese;
  return problem.message?.[language] ?? fill(catalogue[problem.key], problem.facts);
}
