import type { Language } from "../../words/words.ts";
import { escapeHtml } from "../html.ts";
import { localized } from "../localized.ts";
import type { Localized, SiteData } from "../model.ts";
import { inBothLanguages } from "../words.ts";
import type { Generator } from "./generator.ts";

interface Link {
  readonly label: Localized;
  readonly url: string;
}

/**
 * What leads to the registries' pages, as data in the form that a generator's configuration takes: the project's links first,
 * then one for each source that is not paused and has a page. JSON, so that `import` reads it.
 * https://docusaurus.io/docs/api/themes/configuration#navbar
 * https://starlight.astro.build/reference/configuration/#sidebar
 * https://vitepress.dev/reference/default-theme-nav
 */
export function navigationFor(generator: Generator, { links, sources }: SiteData, language: Language): unknown {
  const title = inBothLanguages((words) => words.text("site.markdown.registries"));
  const pages = sources.flatMap(({ name, page, state }): readonly Link[] =>
    page === undefined || state.kind === "paused" ? [] : [{ label: name, url: page }],
  );
  const all = [...links, ...pages];
  const text = (label: Localized) => localized(label, language);
  switch (generator) {
    case "docusaurus":
      return {
        navbar: all.map(({ label, url }) => ({ label: text(label), href: url, position: "right" })),
        footer: { title: text(title), items: pages.map(({ label, url }) => ({ label: text(label), href: url })) },
      };
    case "vitepress":
      return {
        nav: [
          ...links.map(({ label, url }) => ({ text: text(label), link: url })),
          { text: text(title), items: pages.map(({ label, url }) => ({ text: text(label), link: url })) },
        ],
        footer: { message: pages.map(({ label, url }) => anchor(text(label), url)).join(" · ") },
      };
    case "starlight":
      return {
        sidebar: {
          ...translated(title, language),
          items: all.map(({ label, url }) => ({ ...translated(label, language), link: url })),
        },
      };
  }
}

/** VitePress puts the footer into its pages as HTML. */
function anchor(label: string, url: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`;
}

function translated(label: Localized, language: Language): object {
  const other = language === "en" ? "zh-CN" : "en";
  const isSame = label.en === label["zh-CN"];
  return { label: label[language], ...(!isSame && { translations: { [other]: label[other] } }) };
}
