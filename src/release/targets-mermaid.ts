import type { PublishTarget } from "./targets.ts";

/**
 * The publish graph as Mermaid, for a page; what a release does not wait for has dotted arrows.
 * https://mermaid.js.org/syntax/flowchart.html
 */
export function targetsMermaid(targets: readonly PublishTarget[]): string {
  const id = (name: string) => `t${targets.findIndex((target) => target.name === name)}`;
  const isOptional = (name: string) => targets.some((target) => target.name === name && !target.required);
  return [
    "flowchart LR",
    ...targets.map(({ name }) => `  ${id(name)}["${entities(name)}"]`),
    ...targets.flatMap(({ name, needs }) =>
      needs.map((need) => `  ${id(need)} ${isOptional(need) || isOptional(name) ? "-.->" : "-->"} ${id(name)}`),
    ),
    "",
  ].join("\n");
}

/** https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
function entities(text: string): string {
  return text.replace(/[#"<>&\p{Cc}]/gu, (character) => `#${character.codePointAt(0)};`);
}
