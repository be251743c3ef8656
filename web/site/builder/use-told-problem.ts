import { problemText } from "../../../src/site/compose/index.ts";
import { useLanguage } from "../../shared/language.tsx";
import type { Builder } from "./use-builder.ts";

/** What is wrong with a field, once its reader has left it or wanted the file: nobody is told off while still typing. */
export function useToldProblem({ draft, left, wantsFile }: Builder): (field: string) => string | undefined {
  const { language } = useLanguage();
  return (field) => {
    const problem = draft.problems.find((one) => one.field === field);
    if (problem === undefined || !(wantsFile || left.has(field))) return undefined;
    return problemText(problem, language);
  };
}
