import { failure } from "../../words/error.ts";
import type { Language } from "../../words/words.ts";
import { siteWords } from "../words.ts";
import type { MarkdownFacts } from "./facts.ts";
import { type Part, partsOf } from "./marks.ts";
import { SECTION_NAMES, SECTIONS } from "./sections.ts";

/** Of which page, and in which language where its marks name none. */
export interface PagePlace {
  /** How errors call it. */
  readonly file: string;
  readonly usual: Language;
}

/**
 * A page with what belongs between its marks, `<!-- slipway:sources -->` … `<!-- /slipway:sources -->`; all else stays as it
 * is. A mark may name a language: `<!-- slipway:sources lang=zh-CN -->`.
 * @returns undefined where the page has no mark
 * @throws SITE_BLOCK_BROKEN, SITE_BLOCK_UNKNOWN
 */
export function fillBlocks(text: string, facts: MarkdownFacts, place: PagePlace): string | undefined {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const parts = partsOf(text.split(/\r?\n/), place.file);
  if (parts.every(({ kind }) => kind === "written")) return undefined;
  return parts.flatMap((part) => linesOf(part, facts, place)).join(lineEnd);
}

function linesOf(part: Part, facts: MarkdownFacts, { file, usual }: PagePlace): readonly string[] {
  if (part.kind === "written") return part.lines;
  const name = SECTION_NAMES.find((one) => one === part.name);
  if (name === undefined) {
    throw failure("SITE_BLOCK_UNKNOWN", { file, name: part.name, line: part.line, known: SECTION_NAMES.join(", ") });
  }
  const content = SECTIONS[name](facts, siteWords(part.language ?? usual));
  return [part.begin, "", ...(content === "" ? [] : [...content.split("\n"), ""]), part.end];
}
