import { guardedOf, isList, isMapping, textParts } from "../../config/compose/template.ts";
import { holds, type Settled } from "./conditions.ts";
import type { FieldValue, TemplateNode } from "./form.ts";

/** A part of a file, as plain data. */
export type Plain = TemplateNode;

/** What stands for a placeholder; undefined: it has no value. */
export type Filling = (name: string) => FieldValue | undefined;

/** The template with answers in it; undefined where nothing of it is left. */
export function render(node: TemplateNode, settled: Settled, filling: Filling): Plain | undefined {
  if (typeof node === "string") return fillIn(node, filling);
  if (isList(node)) {
    const items = node.map((item) => render(item, settled, filling)).filter((item) => item !== undefined);
    return items.length === 0 && node.length > 0 ? undefined : items;
  }
  if (!isMapping(node)) return node;
  const guarded = guardedOf(node);
  if (guarded !== undefined) {
    if (!holds(guarded.condition, settled)) return undefined;
    return guarded.contents.map((content) => render(content, settled, filling)).find((part) => part !== undefined);
  }
  const written = Object.entries(node);
  const entries = written.flatMap(([key, value]): readonly (readonly [string, Plain])[] => {
    const part = render(value, settled, filling);
    return part === undefined ? [] : [[key, part]];
  });
  return entries.length === 0 && written.length > 0 ? undefined : Object.fromEntries(entries);
}

function fillIn(text: string, filling: Filling): FieldValue | undefined {
  const parts = textParts(text);
  const values = parts.map((part) => (part.kind === "literal" ? part.text : filling(part.name)));
  const [only, ...others] = values;
  if (parts[0]?.kind === "placeholder" && others.length === 0) return only;
  return values.includes(undefined) ? undefined : values.join("");
}
