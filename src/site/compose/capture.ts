import { textParts } from "../../config/compose/template.ts";

/** What a text of a file says for the placeholders of a text of the template, by name, as it is written there. */
export type Captured = ReadonlyMap<string, string>;

/** The texts that may stand for a placeholder, as a regular expression's source. */
export type Expected = (name: string) => string;

/** What each placeholder stands for, if the template's text is to be the file's; undefined: it cannot be. */
export function capture(template: string, written: string, expected: Expected): Captured | undefined {
  const groups = new Map<string, string>();
  const pattern = textParts(template).map((part) => {
    if (part.kind === "literal") return escaped(part.text);
    const known = groups.get(part.name);
    if (known !== undefined) return `\\k<${known}>`;
    const group = `p${groups.size}`;
    groups.set(part.name, group);
    return `(?<${group}>${expected(part.name)})`;
  });
  const found = new RegExp(`^${pattern.join("")}$`, "su").exec(written);
  if (found === null) return undefined;
  return new Map([...groups].map(([name, group]) => [name, found.groups?.[group] ?? ""]));
}

/** A text as a regular expression that matches it alone. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
