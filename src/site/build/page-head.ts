import { escapeHtml } from "../html.ts";
import type { SiteData } from "../model.ts";
import { contentPolicy } from "./policy.ts";

/** What the head of a page tells browsers and search engines of the project, before any script has run. */
export interface HeadFacts {
  readonly data: SiteData;
  /** `sources.html` */
  readonly page: string;
  /** Where the site is, if that is known. */
  readonly address?: string | undefined;
}

/** A built page with the project's title, description and languages, and what it may load at the very beginning. */
export function withHead(html: string, facts: HeadFacts): string {
  const { title } = facts.data;
  const named = html.replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title.en)}</title>`);
  return named.replace(/<meta charset="?utf-8"?\s*\/?>/i, (charset) => [charset, ...linesOf(facts)].join("\n    "));
}

function linesOf({ data, page, address }: HeadFacts): readonly string[] {
  const { title, tagline } = data;
  const description = tagline ?? title;
  const languages = title.en === title["zh-CN"] ? [description.en] : [description.en, description["zh-CN"]];
  const policy = `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentPolicy(data))}" />`;
  const told = [
    `<meta name="description" content="${escapeHtml([...new Set(languages)].join(" · "))}" />`,
    `<meta property="og:title" content="${escapeHtml(title.en)}" />`,
  ];
  return address === undefined ? [policy, ...told] : [policy, ...told, ...languageLines(page, address)];
}

/** Search engines want whole addresses. https://developers.google.com/search/docs/specialty/international/localized-versions */
function languageLines(page: string, address: string): readonly string[] {
  const base = address.endsWith("/") ? address : `${address}/`;
  const url = new URL(page === "index.html" ? "" : page, base);
  const link = (attributes: string, language?: string) => {
    const target = new URL(url);
    if (language !== undefined) target.searchParams.set("lang", language);
    return `<link ${attributes} href="${escapeHtml(target.href)}" />`;
  };
  return [
    link('rel="canonical"'),
    link('rel="alternate" hreflang="en"', "en"),
    link('rel="alternate" hreflang="zh-CN"', "zh-CN"),
    link('rel="alternate" hreflang="x-default"'),
  ];
}
