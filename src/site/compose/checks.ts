import { type Fault, faultOf } from "../../config/compose/fault.ts";
import { holds, type Settled } from "./conditions.ts";
import { answerOf, settle } from "./fields.ts";
import type { ComposeForm, Field, FieldValue, FieldValues } from "./form.ts";
import type { Problem } from "./problem.ts";

/** What is wrong with the answers, at most one problem for each field that is shown; none: a file can be made of them. */
export function problemsOf(form: ComposeForm, values: FieldValues): readonly Problem[] {
  const settled = settle(form, values);
  return form.fields.flatMap((field) => {
    if (!holds(field.when, settled)) return [];
    const fault = answerFault(field, answerOf(field, values), settled);
    return fault === undefined ? [] : [{ field: field.id, ...fault }];
  });
}

/** What is wrong with one answer, among those that count. */
export function answerFault(field: Field, value: FieldValue, settled: Settled): Fault | undefined {
  if (value === "") return field.required ? { key: "compose.problem.required", facts: {} } : undefined;
  const option = field.type === "choice" ? field.options.find((one) => one.value === value) : undefined;
  if (option !== undefined && !holds(option.when, settled)) return { key: "compose.problem.choice", facts: {} };
  return faultOf(field, value);
}
