import type { ComposeForm, Field } from "../../site/compose/form.ts";
import type { Source } from "../../site/model.ts";
import type { Words } from "../../words/words.ts";
import type { Paint } from "../output/color.ts";
import { tableLines } from "../output/table.ts";
import { printable } from "../output/width.ts";
import { conditionText } from "./condition-text.ts";

/** What can be asked of `slipway compose`: sources and fields, for people. */
export function listLines(
  form: ComposeForm,
  sources: readonly Source[],
  words: Words,
  paint: Paint,
): readonly string[] {
  const { language } = words;
  const places = sources.map(({ id, image, name, state }) => [
    id,
    image,
    name[language],
    "reason" in state ? words.text(`compose.list.${state.kind}`, { reason: state.reason[language] }) : "",
  ]);
  const fields = form.fields.map((field) => [
    field.id,
    valuesOf(field),
    "default" in field ? String(field.default ?? "") : "",
    field.label[language],
    field.when === undefined ? "" : words.text("compose.list.when", { condition: conditionText(field.when) }),
  ]);
  const tables = [
    ["compose.list.sources", places],
    ["compose.list.fields", fields],
  ] as const;
  return tables.flatMap(([title, rows]) => [
    paint("bold", words.text(title)),
    ...tableLines(rows.map((row) => row.map(printable))).map((line) => `  ${line}`.trimEnd()),
  ]);
}

function valuesOf(field: Field): string {
  switch (field.type) {
    case "choice":
      return field.options.map(({ value }) => value).join("|");
    case "toggle":
      return "true|false";
    case "port":
      return "1..65535";
    case "number":
      return field.min === undefined && field.max === undefined ? "number" : `${field.min ?? ""}..${field.max ?? ""}`;
    default:
      return field.type;
  }
}
