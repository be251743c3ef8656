import type { Words } from "../../words/words.ts";
import { checkSection } from "./check.ts";
import { contentSection } from "./content.ts";
import { credentialsSection } from "./credentials.ts";
import { failuresSection } from "./failures.ts";
import { githubReleaseSection } from "./github-release.ts";
import { imagesSection } from "./images.ts";
import { code, plain } from "./markdown.ts";
import type { ContractMaterial, Section } from "./material.ts";
import { mirrorsSection } from "./mirrors.ts";
import { orderSection } from "./order.ts";
import { pageComment } from "./page-language.ts";
import { tagsSection } from "./tags.ts";
import { triggersSection } from "./triggers.ts";

/** First what concerns whoever pulls the image, then what concerns whoever publishes it. */
const SECTIONS: readonly Section[] = [
  imagesSection,
  tagsSection,
  contentSection,
  checkSection,
  mirrorsSection,
  triggersSection,
  orderSection,
  githubReleaseSection,
  failuresSection,
  credentialsSection,
];

/**
 * The image contract, as Markdown: names, tags, platforms, order and failures by the configuration in force. The same
 * material in the same language is the same page, byte for byte.
 */
export function contractPage(material: ContractMaterial, words: Words): string {
  const { file, name } = material;
  const blocks = [
    pageComment(file, words),
    `# ${words.text("contract.title", { name: plain(name) })}`,
    words.text("contract.intro", { file: code(file) }),
    ...SECTIONS.flatMap((section) => section(material, words)),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
