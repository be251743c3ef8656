import { localized } from "../localized.ts";
import { stateText } from "../sources/comparison.ts";
import { comparison } from "./comparison.ts";
import { code, link, plain } from "./escape.ts";
import type { Section } from "./facts.ts";
import { proseMarkdown } from "./prose.ts";

/** Which source is for whom, and which are not to be chosen now. */
const recommendation: Section = ({ data, address }, words) => {
  const { language } = words;
  const lines = data.sources.map((source) => {
    const name = plain(localized(source.name, language));
    if (source.state.kind !== "active") return `- ${name}: ${plain(stateText(source, words))}`;
    const facts = { audience: plain(localized(source.audience, language)), name, image: code(source.image) };
    return `- ${words.text("site.markdown.for", facts)}`;
  });
  if (address === undefined) return lines.join("\n");
  const page = new URL("sources.html", address.endsWith("/") ? address : `${address}/`);
  return [lines.join("\n"), link(words.text("site.markdown.measure"), page.href)].join("\n\n");
};

/** The answer to one of the questions, as a part of its own. */
function answerTo(id: string): Section {
  return ({ data }, { language }) => {
    const question = data.faq.find((one) => one.id === id);
    return question === undefined ? "" : proseMarkdown(localized(question.answer, language));
  };
}

/** Those that have no part of their own. */
const questions: Section = ({ data }, { language }) =>
  data.faq
    .filter(({ id }) => id !== "switch" && id !== "verify")
    .map(({ question, answer }) =>
      [`### ${plain(localized(question, language))}`, proseMarkdown(localized(answer, language))].join("\n\n"),
    )
    .join("\n\n");

/** What stands between marks of these names, in the order of a whole page. */
export const SECTIONS = {
  sources: comparison,
  recommendation,
  switch: answerTo("switch"),
  verify: answerTo("verify"),
  faq: questions,
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;

export const SECTION_NAMES: readonly SectionName[] = ["sources", "recommendation", "switch", "verify", "faq"];
