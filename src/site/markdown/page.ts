import { localized } from "../localized.ts";
import type { SiteWords } from "../words.ts";
import { fillBlocks } from "./blocks.ts";
import { plain } from "./escape.ts";
import type { MarkdownFacts } from "./facts.ts";
import type { Generator } from "./generator.ts";
import { SECTION_NAMES, SECTIONS } from "./sections.ts";

/**
 * A page of the sources that nobody has written yet: a heading for each part, and marks that keep it in step. Whoever changes
 * what is around the marks keeps it.
 * @param generator whose pages it is among: each has its own way to say a title. Left out: plain Markdown
 */
export function newPage(facts: MarkdownFacts, words: SiteWords, generator?: Generator): string {
  const { language } = words;
  const title = words.text("site.markdown.title", { title: localized(facts.data.title, language) });
  const parts = SECTION_NAMES.filter((name) => SECTIONS[name](facts, words) !== "").map((name) =>
    [
      `## ${words.text(`site.markdown.${name}`)}`,
      `<!-- slipway:${name} lang=${language} -->\n<!-- /slipway:${name} -->`,
    ].join("\n\n"),
  );
  const text = [...beginningOf(title, generator), `<!-- ${words.text("site.markdown.made")} -->`, ...parts].join(
    "\n\n",
  );
  return fillBlocks(`${text}\n`, facts, { file: "sources.md", usual: language }) ?? text;
}

/** Docusaurus and Starlight make a heading of the title in front; VitePress and others do not. */
function beginningOf(title: string, generator: Generator | undefined): readonly string[] {
  const front = `---\ntitle: ${JSON.stringify(title)}\n---`;
  if (generator === undefined) return [`# ${plain(title)}`];
  return generator === "vitepress" ? [front, `# ${plain(title)}`] : [front];
}
