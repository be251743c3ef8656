import * as z from "zod";
import { wholeText } from "../compose/fault.ts";
import { Refusal } from "../refusal.ts";
import { localized } from "./localized.ts";
import { amount, checked, flag, mapping, oneOf, oneOrMore, text } from "./scalars.ts";

export const FIELD_TYPES = ["text", "number", "port", "choice", "toggle", "secret", "path"] as const;

const number = () =>
  checked(
    (written) => {
      if (written.trim() === "" || !Number.isFinite(Number(written))) throw new Refusal("expected a number");
    },
    { type: ["number", "string"] },
  ).transform(Number);

/** `(a+)+` and `([a-z]*)*` try more ways than there is time for on a text that does not match. */
const ENDLESS = /\((?:\?:)?(?:\[[^\]]*\]|\\?.)[+*]\)(?:[+*]|\{\d+,\})/;

const expression = () =>
  checked((written) => {
    if (ENDLESS.test(written)) {
      throw new Refusal("what repeats within what repeats can take for ever: leave one of them out");
    }
    try {
      wholeText(written);
    } catch (cause) {
      throw new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  });

/** What may look like a number or a switch, and is text until a field says what it is. */
const value = () =>
  checked(
    (written) => {
      if (written === "") throw new Refusal("it is empty");
    },
    { type: ["string", "number", "boolean"] },
  );

const wanted = z.union([oneOrMore(value(), "a value"), mapping({ set: flag().describe("Whether it has a value.") })], {
  error: "expected a value, a list of values, or `set: true`",
});

/** By field: what it has to be. Of the template's `$if`, too. */
export const conditionSchema = z.record(z.string(), wanted);

const optionSchema = mapping({
  value: value().describe("What stands for it in the file."),
  label: localized().optional().describe("What people read. Default: its value."),
  when: conditionSchema.optional().describe("Offered only where fields before this one have these values."),
});

const option = z.union([value().transform((one) => ({ value: one })), optionSchema], {
  error: "expected a value, or `value` and `label`",
});

const fieldSchema = mapping({
  id: checked((written) => {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(written)) throw new Refusal("expected letters, digits and underscores");
  }).describe("What the template and `slipway compose --set` call it."),
  type: oneOf(FIELD_TYPES).describe("text, number, port, choice, toggle, secret or path."),
  label: localized().describe("What people read."),
  help: localized().optional().describe("A line below it."),
  placeholder: text().optional().describe("What stands there faintly while it is empty."),
  group: text().optional().describe("The section that it stands in: an id of `groups`."),
  when: conditionSchema.optional().describe("Asked only where fields before it have these values."),
  required: flag().optional().describe("true: no file without an answer. Default false."),
  default: value()
    .optional()
    .describe("What is there at first. choice: default the first option; toggle: false; secret: none."),
  options: z.array(option).min(1, "the list is empty").optional().describe("Of a choice."),
  min: number().optional().describe("Of a number: the least."),
  max: number().optional().describe("Of a number: the most."),
  fractions: flag().optional().describe("Of a number: true allows 0.5. Default false."),
  minLength: amount(1).optional().describe("Of a text: characters, at least."),
  maxLength: amount(1).optional().describe("Of a text: characters, at most."),
  pattern: expression()
    .optional()
    .describe("Of text, secret and path: a regular expression of JavaScript that the whole value has to match."),
  message: localized().optional().describe("What people are told where `pattern` or a length does not hold."),
  generate: amount(8).optional().describe("Of a secret: so many letters and digits are made where none is given."),
  absolute: flag()
    .optional()
    .describe("Of a path: true where it has to begin with / or a drive letter. Default false."),
});

export type WrittenField = Readonly<z.output<typeof fieldSchema>>;
export type WrittenCondition = Readonly<z.output<typeof conditionSchema>>;

/** `site.compose`. */
export const composeSchema = mapping({
  file: checked((written) => {
    if (!/^[\w.-]+\.ya?ml$/.test(written)) throw new Refusal("expected a file name, such as docker-compose.yml");
  })
    .optional()
    .describe("What the file is called. Default docker-compose.yml."),
  minimum: checked(
    (written) => {
      if (!/^\d+\.\d+(?:\.\d+)?$/.test(written)) throw new Refusal("expected a version, such as 2.20");
    },
    { type: ["string", "number"] },
  )
    .optional()
    .describe("The smallest Docker Compose that takes it, which the file says in its first line. Default 2.20."),
  groups: z
    .array(mapping({ id: text().describe("What fields call it."), label: localized().describe("What people read.") }))
    .optional()
    .describe("Sections of the form, in their order."),
  fields: z.array(fieldSchema).describe("What is asked, in this order."),
  images: z
    .record(z.string(), z.record(z.string(), text()))
    .optional()
    .describe(
      "Other images of the file, by name: what each is called at a source that has it, by the registry's name, and `default` for all others. With their tags.",
    ),
  template: z
    .record(z.string(), z.unknown())
    .describe(
      "The file as a tree. {{FIELD}} is a field's value, {{image}} the source's image with its tag, {{image.NAME}} another of `images`. A mapping with `$if` is there only where that condition holds; `$value` in it stands for anything but a mapping, `$first` for the first of a list that is there. A text with a field that has no value is left out.",
    ),
});
