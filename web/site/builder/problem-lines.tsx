import type { ReactNode } from "react";
import type { ComposeForm } from "../../../src/site/compose/form.ts";
import { type Problem, problemText } from "../../../src/site/compose/index.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useFieldName } from "./use-field-name.ts";

export interface ProblemLinesProps {
  readonly form: ComposeForm;
  readonly problems: readonly Problem[];
}

/** What is wrong, a line each; what belongs to a field begins with its name. */
export function ProblemLines({ form, problems }: ProblemLinesProps): ReactNode {
  const { language } = useLanguage();
  const nameOf = useFieldName(form);
  return (
    <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5 wrap-anywhere">
      {problems.map((problem) => {
        const text = problemText(problem, language);
        return (
          <li key={problem.field + text}>{problem.field === "file" ? text : `${nameOf(problem.field)} – ${text}`}</li>
        );
      })}
    </ul>
  );
}
