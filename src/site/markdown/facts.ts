import type { SiteData } from "../model.ts";
import type { StatusFile } from "../sources/status.ts";
import type { SiteWords } from "../words.ts";

/** What Markdown is made of. */
export interface MarkdownFacts {
  readonly data: SiteData;
  readonly status?: StatusFile | undefined;
  /** Where the pages are, for those who want to measure. */
  readonly address?: string | undefined;
}

/** A part of a page: Markdown without a heading of its own, or nothing where there is nothing to say. */
export type Section = (facts: MarkdownFacts, words: SiteWords) => string;
