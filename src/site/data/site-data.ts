import type { Config } from "../../config/slipway/load-config.ts";
import { failure } from "../../words/error.ts";
import type { Localized, Question, SiteData } from "../model.ts";
import { sourcesOf } from "./sources.ts";
import { usualQuestions } from "./usual-questions.ts";

/**
 * All that pages and Markdown show, from the configuration alone: nothing in it is secret, as nothing is taken from what
 * could be. @param status where status.json is, from the pages on; left out: as the configuration says
 * @throws SITE_WITHOUT_SOURCES
 */
export function siteDataOf(config: Config, status?: string): SiteData {
  const { site = {} } = config;
  const sources = sourcesOf(config);
  const [first] = sources;
  if (first === undefined) throw failure("SITE_WITHOUT_SOURCES", { file: config.file });
  const name = config.name ?? first.image.slice(first.image.lastIndexOf("/") + 1);
  const { title = both(name), tagline, links = [], tags = ["latest"] } = site;
  const adapted = sources.filter(({ id }) => config.registries.some((one) => one.name === id && one.adapt === true));
  const place = status ?? statusPlace(config);
  return {
    version: 1,
    name,
    title,
    ...(tagline !== undefined && { tagline }),
    links,
    sources,
    faq: questionsOf(site.faq ?? {}, usualQuestions({ sources, tags, adapted })),
    tags,
    ...(site.compose !== undefined && { compose: site.compose }),
    ...(place !== undefined && { status: place }),
  };
}

function both(text: string): Localized {
  return { en: text, "zh-CN": text };
}

/** Where the daemon tells everybody, if it does. */
function statusPlace({ site, serve }: Config): string | undefined {
  if (site?.status !== undefined) return site.status === "none" ? undefined : site.status;
  if (serve?.url === undefined || serve.private) return undefined;
  return `${serve.url.replace(/\/+$/, "")}/status.json`;
}

type Written = NonNullable<NonNullable<Config["site"]>["faq"]>;

/** The usual ones, with what is said in their place; then the others. */
function questionsOf(written: Written, usual: readonly Question[]): readonly Question[] {
  const questions = new Map(usual.map((question) => [question.id, question]));
  for (const [id, question] of Object.entries(written)) {
    if (question === false) questions.delete(id);
    else questions.set(id, { id, ...question });
  }
  return [...questions.values()];
}
