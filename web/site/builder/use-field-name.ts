import type { ComposeForm } from "../../../src/site/compose/form.ts";
import { useLocal } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";

/** What a problem's field is called on the page. */
export function useFieldName(form: ComposeForm): (field: string) => string {
  const words = usePagesWords();
  const local = useLocal();
  return (field) => {
    if (field === "source" || field === "tag" || field === "digest") return words(`pages.builder.${field}`);
    const found = form.fields.find(({ id }) => id === field);
    return found === undefined ? field : local(found.label);
  };
}
