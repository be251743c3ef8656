import { Lexer } from "yaml";

/** Tokens that stand for nothing that was written. https://eemeli.org/yaml/#lexer */
const UNWRITTEN: readonly string[] = ["\u0002", "\u0018", "\u001f"];

/**
 * Where brackets, or signs of blocks on one line, first nest deeper than so many levels: the parser would take memory and
 * minutes for megabytes of them. Deeper indentation needs so much text that it does no harm.
 * @returns the offset in the text; undefined where nothing is too deep
 */
export function deepPart(text: string, levels: number): number | undefined {
  let [offset, brackets, signs] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") brackets += 1;
    else if (token === "]" || token === "}") brackets -= 1;
    else if (token === "-" || token === "?") signs += 1;
    else if (token === "\n") signs = 0;
    if (brackets + signs > levels) return offset;
    if (!UNWRITTEN.includes(token)) offset += token.length;
  }
  return undefined;
}
