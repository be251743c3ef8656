import type { ReactNode, Ref } from "react";
import { type Problem, problemText } from "../../../src/site/compose/index.ts";
import { classNames } from "../../shared/components/class-names.ts";
import { useLanguage } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import type { Builder } from "./use-builder.ts";
import { useFieldName } from "./use-field-name.ts";

export interface ProblemListProps {
  readonly builder: Builder;
  /** Focused when the reader wanted the file and something is in the way. */
  readonly ref: Ref<HTMLElement>;
}

/** What is in the way of the file, each a way to its field: a list of what is left to do until the file is wanted. */
export function ProblemList({ builder, ref }: ProblemListProps): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  const nameOf = useFieldName(builder.form);
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-labelledby="problems-title"
      className={classNames("rounded-control px-4 py-3 text-sm", builder.wantsFile ? "bg-bad-soft" : "bg-sunken")}
    >
      <h3 id="problems-title" className="font-semibold">
        {words("pages.builder.problems")}
      </h3>
      <ul className="mt-1 flex flex-col gap-1">
        {builder.draft.problems.map((problem) => (
          <li key={problem.field}>
            <button type="button" className="text-left font-medium text-accent underline" onClick={() => goTo(problem)}>
              {nameOf(problem.field)}
            </button>
            <span className="text-muted"> – {problemText(problem, language)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function goTo({ field }: Problem): void {
  const place = document.getElementById(`field-${field}`);
  const control = place?.matches("input, textarea, select, button") ? place : place?.querySelector("input");
  control?.focus();
  place?.scrollIntoView({ block: "center" });
}
