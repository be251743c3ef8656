import { escapeTemplate } from "../variables/template.ts";
import type { Imported } from "./draft.ts";

/** A Go template's text, or the function in it that cannot be carried over. */
export type TemplateReading = Imported | { readonly kind: "refused"; readonly name: string };

const ACTION = /\{\{-?\s*(.*?)\s*-?\}\}/gs;
const ENV = /^env\s+(?:"([A-Za-z_][A-Za-z0-9_]*)"|`([A-Za-z_][A-Za-z0-9_]*)`)$/;

/**
 * Reads a value that may hold Go templates: `{{env "NAME"}}` becomes `${NAME}`; everything else is refused by name.
 * https://github.com/regclient/regclient/blob/v0.11.5/docs/README.md
 */
export function readGoTemplate(text: string): TemplateReading {
  let written = "";
  let end = 0;
  for (const match of text.matchAll(ACTION)) {
    const [whole, action = ""] = match;
    const env = ENV.exec(action);
    const name = env?.[1] ?? env?.[2];
    if (name === undefined) return { kind: "refused", name: action.split(/\s/, 1).join() };
    written += `${escapeBefore(text.slice(end, match.index))}\${${name}}`;
    end = match.index + whole.length;
  }
  if (end === 0) return { kind: "literal", text };
  return { kind: "variable", text: written + escapeTemplate(text.slice(end)) };
}

/** Text that a variable follows: a dollar sign at its end must not take the variable's own away. */
function escapeBefore(text: string): string {
  return escapeTemplate(text) + (text.endsWith("$") ? "$" : "");
}
