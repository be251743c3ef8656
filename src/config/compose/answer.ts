import type { Field, FieldValue } from "./form.ts";

/** What was given for a field as its type has it. */
export function typedAnswer(field: Field, value: FieldValue): FieldValue {
  if (typeof value !== "string") return field.type === "toggle" || isNumeric(field) ? value : String(value);
  if (field.type === "toggle") return value === "true" ? true : value === "false" ? false : value;
  return isNumeric(field) && isNumber(value.trim()) ? Number(value.trim()) : value;
}

export function isNumeric(field: Field): boolean {
  return field.type === "number" || field.type === "port";
}

/** A number in the one way in which it can be written: no leading zero, sign only where it means something. */
function isNumber(text: string): boolean {
  return text !== "" && String(Number(text)) === text && Number.isFinite(Number(text));
}
