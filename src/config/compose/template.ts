import type { Condition, FieldValue, TemplateNode } from "./form.ts";

/** A text of the template, taken apart: what stands there, and names in double braces. */
export type TextPart =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "placeholder"; readonly name: string };

type TemplateMapping = { readonly [key: string]: TemplateNode };

/** A name begins with a letter: `{{.Name}}` is Docker's, and stays. */
const PLACEHOLDER = /\{\{ *([A-Za-z][\w.-]*) *\}\}/g;

export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: written, 1: name = "", index } of text.matchAll(PLACEHOLDER)) {
    if (index > end) parts.push({ kind: "literal", text: text.slice(end, index) });
    parts.push({ kind: "placeholder", name });
    end = index + written.length;
  }
  if (end < text.length) parts.push({ kind: "literal", text: text.slice(end) });
  return parts;
}

export function isList(node: TemplateNode): node is readonly TemplateNode[] {
  return Array.isArray(node);
}

export function isMapping(node: TemplateNode | undefined): node is TemplateMapping {
  return typeof node === "object" && node !== null && !isList(node);
}

/** Keys of the template that are none of the file. */
export const IF = "$if";
export const VALUE = "$value";
export const FIRST = "$first";

/** What a mapping of the template says of itself, and what of it is the file's. */
export interface Guarded {
  readonly condition: Condition;
  /** Of several, the first of which something is left: `$first`, else `$value` alone, else the mapping without `$if`. */
  readonly contents: readonly TemplateNode[];
}

/** Takes a mapping apart; undefined where it is the file's as it stands. */
export function guardedOf(node: TemplateMapping): Guarded | undefined {
  if (![IF, VALUE, FIRST].some((key) => Object.hasOwn(node, key))) return undefined;
  const { [IF]: condition, [VALUE]: value, [FIRST]: first, ...others } = node;
  const contents = first !== undefined && isList(first) ? first : [value === undefined ? others : value];
  return { condition: conditionOf(condition), contents };
}

/** `$if` as it stands in the template. What can be no condition never holds. */
function conditionOf(node: TemplateNode | undefined): Condition {
  if (!isMapping(node)) return {};
  return Object.fromEntries(Object.entries(node).map(([id, wanted]) => [id, wantedOf(wanted)]));
}

function wantedOf(node: TemplateNode): Condition[string] {
  if (isMapping(node)) return { set: node.set === true };
  return isList(node) ? node.filter(isValue) : (node ?? []);
}

function isValue(node: TemplateNode): node is FieldValue {
  return node !== null && typeof node !== "object";
}
