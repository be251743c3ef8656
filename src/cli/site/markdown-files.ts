import { join } from "node:path";
import { firstDifference, type LineDifference } from "../../release/contract/difference.ts";
import {
  fillBlocks,
  type Generator,
  languageOfMarks,
  type MarkdownFacts,
  navigationFor,
  newPage,
  type PagePlace,
  sourcesJson,
} from "../../site/markdown/index.ts";
import { siteWords } from "../../site/words.ts";
import { failure } from "../../words/error.ts";
import type { Language } from "../../words/words.ts";
import { readPage } from "../publish/contract-file.ts";

/** A file as it is to be, compared with what is there. */
export type MarkdownFile = { readonly file: string; readonly text: string } & (
  | { readonly state: "unchanged" }
  | { readonly state: "new" }
  | { readonly state: "changed"; readonly difference: LineDifference }
);

export interface MarkdownPlan {
  readonly facts: MarkdownFacts;
  /** The folder for a page, JSON and navigation. */
  readonly out?: string | undefined;
  /** Pages whose marks are to be filled. */
  readonly pages: readonly string[];
  readonly generator?: Generator | undefined;
  /** What somebody asked for. */
  readonly asked?: Language | undefined;
  /** Of what does not say its own, where nobody has asked. */
  readonly usual: Language;
}

/**
 * What is to be written where.
 * @throws SITE_MARKDOWN_FOREIGN, SITE_BLOCK_BROKEN, SITE_BLOCK_UNKNOWN, CONFIG_UNREADABLE
 */
export function markdownFiles(plan: MarkdownPlan): readonly MarkdownFile[] {
  const { facts, out, pages, generator, asked, usual } = plan;
  const place = (file: string): PagePlace => ({ file, usual: asked ?? usual });
  const kept = pages.map((file) => compared(file, keptInStep(readPage(file) ?? "", facts, place(file))));
  if (out === undefined) return kept;
  const page = join(out, "sources.md");
  const there = (readPage(page) ?? "").trim() === "" ? undefined : readPage(page);
  // What was written in Chinese stays Chinese on a machine that speaks English.
  const language = asked ?? languageOfMarks(there ?? "", page) ?? usual;
  const text =
    there === undefined ? newPage(facts, siteWords(language), generator) : keptInStep(there, facts, place(page));
  const made = [compared(page, text), compared(join(out, "sources.json"), sourcesJson(facts))];
  if (generator === undefined) return [...kept, ...made];
  const navigation = JSON.stringify(navigationFor(generator, facts.data, language), undefined, 2);
  return [...kept, ...made, compared(join(out, "sources-nav.json"), `${navigation}\n`)];
}

/** A page keeps all that is around its marks. */
function keptInStep(text: string, facts: MarkdownFacts, place: PagePlace): string {
  const filled = fillBlocks(text, facts, place);
  if (filled === undefined) throw failure("SITE_MARKDOWN_FOREIGN", { file: place.file });
  return filled;
}

function compared(file: string, text: string): MarkdownFile {
  const there = readPage(file);
  if (there === undefined) return { file, text, state: "new" };
  const difference = firstDifference(there, text);
  return difference === undefined ? { file, text, state: "unchanged" } : { file, text, state: "changed", difference };
}
