import { typedAnswer } from "../../config/compose/answer.ts";
import { holds, type Settled } from "./conditions.ts";
import type { ChoiceOption, ComposeForm, Field, FieldValue, FieldValues } from "./form.ts";

/** What each field holds before anybody has answered; empty text where the form names nothing. */
export function defaultValues(form: ComposeForm): FieldValues {
  return Object.fromEntries(form.fields.map((field) => [field.id, defaultOf(field)]));
}

/** The fields that are to be asked, by what has been answered so far. */
export function visibleFields(form: ComposeForm, values: FieldValues): readonly Field[] {
  const settled = settle(form, values);
  return form.fields.filter((field) => holds(field.when, settled));
}

/** The options of a choice that are to be offered, by what has been answered so far. */
export function visibleOptions(
  form: ComposeForm,
  field: Extract<Field, { readonly type: "choice" }>,
  values: FieldValues,
): readonly ChoiceOption[] {
  const settled = settle(form, values);
  return field.options.filter((option) => holds(option.when, settled));
}

/** The answers that count. A condition speaks of fields before its own, so one pass is enough. */
export function settle(form: ComposeForm, values: FieldValues): Settled {
  const settled = new Map<string, FieldValue>();
  for (const field of form.fields) {
    const value = answerOf(field, values);
    if (value !== "" && holds(field.when, settled)) settled.set(field.id, value);
  }
  return settled;
}

/** The value of a field as its type has it; text that is no number of a number field stays text. */
export function answerOf(field: Field, values: FieldValues): FieldValue {
  const given = Object.hasOwn(values, field.id) ? values[field.id] : undefined;
  return given === undefined ? defaultOf(field) : typedAnswer(field, given);
}

function defaultOf(field: Field): FieldValue {
  return ("default" in field ? field.default : undefined) ?? "";
}
