import { typedAnswer } from "../compose/answer.ts";
import { faultOf, faultReason } from "../compose/fault.ts";
import type { ChoiceOption, Field } from "../compose/form.ts";
import { refusalReason } from "../refusal.ts";
import type { WrittenCondition, WrittenField } from "../schema/compose.ts";
import { type KnownFields, readCondition } from "./compose-condition.ts";

/** Tells what does not hold, by where it stands in the field. */
export type Refuse = (path: readonly (string | number)[], reason: string) => void;

/** Names that stand for something else. */
const TAKEN: readonly string[] = ["image", "source", "tag", "digest", "file"];

const COMMON: readonly string[] = ["id", "type", "label", "help", "group", "when", "required"];
const OWN: Readonly<Record<WrittenField["type"], readonly (keyof WrittenField)[]>> = {
  text: ["placeholder", "default", "minLength", "maxLength", "pattern", "message"],
  number: ["placeholder", "default", "min", "max", "fractions"],
  port: ["placeholder", "default"],
  choice: ["default", "options"],
  toggle: ["default"],
  secret: ["placeholder", "generate", "pattern", "message"],
  path: ["placeholder", "default", "absolute", "pattern", "message"],
};

/** Makes of one of `fields:` what a form holds. What does not go together is refused. */
export function readField(written: WrittenField, before: KnownFields, refuse: Refuse): Field | undefined {
  const { id, type, min, max, minLength, maxLength } = written;
  if (TAKEN.includes(id)) refuse(["id"], `${id} stands for something else`);
  const folded = (text: string) => text.replaceAll("_", "").toLowerCase();
  const same = [...before.keys()].find((other) => folded(other) === folded(id));
  if (same !== undefined) refuse(["id"], `${same} is before it, and too much alike`);
  for (const key of Object.keys(written)) {
    if (COMMON.includes(key) || OWN[type].some((own) => own === key)) continue;
    refuse([key], `it does not go with type: ${type}`);
  }
  if (min !== undefined && max !== undefined && min > max) refuse(["max"], "it is less than `min`");
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    refuse(["maxLength"], "it is less than `minLength`");
  }
  const field = fieldOf(written, before, refuse);
  if (field === undefined) return undefined;
  const initial = "default" in field ? field.default : undefined;
  const fault = initial === undefined ? undefined : faultOf(field, initial);
  if (fault !== undefined) refuse(["default"], faultReason(fault));
  return field;
}

function fieldOf(written: WrittenField, before: KnownFields, refuse: Refuse): Field | undefined {
  const { type, when: condition, required = false, default: initial, options: _, ...others } = written;
  const when = condition && conditionOf(condition, before, (reason) => refuse(["when"], reason));
  const base = { ...others, required, ...(when !== undefined && { when }) };
  switch (type) {
    case "text":
    case "path":
      return { ...base, type, ...(initial !== undefined && { default: initial }) };
    case "secret":
      return { ...base, type };
    case "number":
    case "port": {
      const number = initial === undefined ? undefined : numberOf(written, initial, refuse);
      return { ...base, type, ...(number !== undefined && { default: number }) };
    }
    case "toggle":
      if (!["true", "false", undefined].includes(initial)) refuse(["default"], "expected true or false");
      return { ...base, type, default: initial === "true" };
    case "choice": {
      const options = optionsOf(written, before, refuse);
      const [first] = options;
      if (first === undefined) refuse([], "a choice needs `options`");
      return first && { ...base, type, default: initial ?? first.value, options };
    }
  }
}

function numberOf({ id, label }: WrittenField, text: string, refuse: Refuse): number | undefined {
  const value = typedAnswer({ id, label, required: false, type: "number" }, text);
  if (typeof value === "number") return value;
  refuse(["default"], "expected a number");
  return undefined;
}

function optionsOf({ options = [] }: WrittenField, before: KnownFields, refuse: Refuse): readonly ChoiceOption[] {
  return options.map((option, at) => {
    const { value } = option;
    if (options.findIndex((other) => other.value === value) < at) refuse(["options", at], `${value} is there before`);
    const label = "label" in option ? option.label : undefined;
    const written = "when" in option ? option.when : undefined;
    const when = written && conditionOf(written, before, (reason) => refuse(["options", at, "when"], reason));
    return { value, label: label ?? { en: value, "zh-CN": value }, ...(when !== undefined && { when }) };
  });
}

function conditionOf(written: WrittenCondition, before: KnownFields, refuse: (reason: string) => void) {
  try {
    return readCondition(written, before);
  } catch (thrown) {
    refuse(refusalReason(thrown));
    return undefined;
  }
}
