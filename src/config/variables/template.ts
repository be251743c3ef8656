import { Refusal } from "../refusal.ts";

/** Text with `${…}` in it, taken apart. */
export type Template = readonly Part[];

export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "file"; readonly path: string }
  | {
      readonly kind: "variable";
      readonly name: string;
      /** What counts when the variable is unset or empty. */
      readonly fallback?: Template;
      /** Why it is needed: unset or empty is then an error that says so. */
      readonly needed?: string;
    };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/**
 * Takes text apart: `${NAME}`, `${NAME:-default}` (the default may hold variables itself), `${NAME:?message}`,
 * `${file:PATH}`, `$$` for a dollar sign. Any other `$` is itself, so that `^v1$` needs no escape.
 * @throws Refusal with the reason, when what follows `${` is none of these
 */
export function parseTemplate(text: string): Template {
  return parseParts(text, 0).parts;
}

interface Parsed<T> {
  readonly parts: T;
  readonly rest: string;
}

const MAX_DEPTH = 16;

/** Parts up to the end or, inside of `depth` variables, up to the closing brace of the innermost. */
function parseParts(text: string, depth: number): Parsed<Template> {
  if (depth > MAX_DEPTH) throw new Refusal(`defaults nest more than ${MAX_DEPTH} deep`);
  const parts: Part[] = [];
  let rest = text;
  for (;;) {
    const special = rest.search(depth > 0 ? /\$[${]|\}/ : /\$[${]/);
    if (special < 0) break;
    if (special > 0) parts.push({ kind: "text", text: rest.slice(0, special) });
    if (rest[special] === "}") return { parts, rest: rest.slice(special) };
    const after = rest.slice(special + 2);
    if (rest[special + 1] === "$") {
      parts.push({ kind: "text", text: "$" });
      rest = after;
    } else {
      const parsed = parseBraces(after, depth);
      parts.push(parsed.parts);
      rest = parsed.rest;
    }
  }
  if (rest !== "") parts.push({ kind: "text", text: rest });
  return { parts, rest: "" };
}

/** What stands between `${` and `}`. */
function parseBraces(text: string, depth: number): Parsed<Part> {
  if (text.startsWith("file:")) {
    const path = upToBrace(text.slice("file:".length));
    if (path.parts === "") throw new Refusal("the path of the file is missing");
    return { parts: { kind: "file", path: path.parts }, rest: path.rest };
  }
  const name = NAME.exec(text)?.[0];
  if (name === undefined) throw new Refusal("a name of letters, digits and _ has to follow the brace");
  const after = text.slice(name.length);
  if (after.startsWith(":-")) {
    const fallback = parseParts(after.slice(2), depth + 1);
    return { parts: { kind: "variable", name, fallback: fallback.parts }, rest: pastBrace(fallback.rest) };
  }
  if (after.startsWith(":?")) {
    const message = upToBrace(after.slice(2));
    return { parts: { kind: "variable", name, needed: message.parts }, rest: message.rest };
  }
  return { parts: { kind: "variable", name }, rest: pastBrace(after) };
}

function upToBrace(text: string): Parsed<string> {
  const end = text.indexOf("}");
  return { parts: end < 0 ? text : text.slice(0, end), rest: pastBrace(end < 0 ? "" : text.slice(end)) };
}

function pastBrace(text: string): string {
  if (text === "") throw new Refusal("the closing brace is missing");
  if (!text.startsWith("}")) throw new Refusal("after the name come }, :- or :?");
  return text.slice(1);
}

/** Text as it has to be written so that it stands for itself. */
export function escapeTemplate(text: string): string {
  return text.replace(/\$(?=[${])/g, "$$$$");
}
