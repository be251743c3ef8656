import type { ReactNode } from "react";
import type { ComposeForm, Field } from "../../../src/site/compose/form.ts";
import { visibleFields } from "../../../src/site/compose/index.ts";
import { useLocal } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import { PageSection } from "../parts/page-section.tsx";
import { FormField } from "./form-field.tsx";
import type { Builder } from "./use-builder.ts";
import { useToldProblem } from "./use-told-problem.ts";

/** What the maintainer asks, by groups; fields of none come first. */
export function FormGroups({ builder }: { readonly builder: Builder }): ReactNode {
  const words = usePagesWords();
  const local = useLocal();
  const toldProblem = useToldProblem(builder);
  const { form, answers } = builder;
  const visible = visibleFields(form, answers.values);
  const groups = [
    { id: undefined, title: words("pages.builder.options") },
    ...form.groups.map(({ id, label }) => ({ id, title: local(label) })),
  ];
  return groups.map(({ id, title }) => {
    const fields = visible.filter((field) => groupOf(form, field) === id);
    if (fields.length === 0) return null;
    return (
      <PageSection key={id ?? ""} id={`group-${id ?? "none"}`} title={title}>
        {fields.map((field) => (
          <FormField key={field.id} field={field} builder={builder} problem={toldProblem(field.id)} />
        ))}
      </PageSection>
    );
  });
}

function groupOf(form: ComposeForm, field: Field): string | undefined {
  return form.groups.find(({ id }) => id === field.group)?.id;
}
