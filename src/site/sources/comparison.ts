import type { Language } from "../../words/words.ts";
import { localized } from "../localized.ts";
import type { SiteData, Source } from "../model.ts";
import { type SiteWords, siteWords } from "../words.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { spanText } from "./span.ts";
import type { StatusFile } from "./status.ts";

/** What the maintainer says where nothing is measured: 1 to 5 stars, or nothing. */
export type Rating = { readonly kind: "stars"; readonly stars: number } | { readonly kind: "unrated" };

/** One source in the table that compares them: the same on the page, in Markdown and in a terminal. Texts are plain. */
export interface ComparisonRow {
  readonly source: Source;
  readonly name: string;
  readonly image: string;
  readonly page?: string;
  readonly audience: string;
  readonly note?: string;
  /** A page puts what it has measured in its place. */
  readonly speed: Rating;
  readonly stability: Rating;
  readonly freshness: Freshness;
  /** `48 of 48`, `origin`, `not measured` */
  readonly inStep: string;
  /** As measured, else as planned, else a dash. */
  readonly lag: string;
  /** When it was last seen in step, milliseconds since 1970. Left out: not known. */
  readonly lastSync?: number;
  readonly limits: string;
  /** `active`, or what is the matter. */
  readonly state: string;
}

/** What stands where there is nothing to say. */
export const NOTHING = "–";

/** The sources that are offered, in the order of the configuration, with what was measured of them. */
export function comparisonRows(
  { sources }: Pick<SiteData, "sources">,
  status: StatusFile | undefined,
  language: Language,
): readonly ComparisonRow[] {
  const words = siteWords(language);
  return sources.map((source) => {
    const freshness = freshnessOf(source, status);
    const { page, note, limits, speed, stability, audience } = source;
    return {
      source,
      name: localized(source.name, language),
      image: source.image,
      ...(page !== undefined && { page }),
      audience: localized(audience, language),
      ...(note !== undefined && { note: localized(note, language) }),
      speed: ratingOf(speed),
      stability: ratingOf(stability),
      freshness,
      inStep: inStepText(freshness, words),
      lag: lagText(source, freshness, words),
      ...("lastSync" in freshness && { lastSync: freshness.lastSync }),
      limits: limits === undefined ? NOTHING : localized(limits, language),
      state: stateText(source, words),
    };
  });
}

function ratingOf(stars: number | undefined): Rating {
  return stars === undefined ? { kind: "unrated" } : { kind: "stars", stars };
}

function inStepText(freshness: Freshness, words: SiteWords): string {
  if (freshness.kind === "origin" || freshness.kind === "unknown") return words.text(`site.fresh.${freshness.kind}`);
  const { total, in_step } = freshness.tags;
  return words.text("site.fresh.count", { inStep: in_step, total });
}

function lagText({ every, isOrigin }: Source, freshness: Freshness, words: SiteWords): string {
  if ("lag" in freshness && freshness.lag !== undefined) return spanText(freshness.lag, words.language);
  if (isOrigin || every === undefined) return NOTHING;
  return words.text("site.lag.planned", { span: spanText(every / 1000, words.language) });
}

/** @returns `active`, or what is the matter and since when */
export function stateText({ state }: Pick<Source, "state">, words: SiteWords): string {
  if (state.kind === "active") return words.text("site.state.active");
  const reason = localized(state.reason, words.language);
  if (state.since === undefined) return words.text(`site.state.${state.kind}`, { reason });
  return words.text(`site.state.${state.kind}.since`, { reason, since: state.since });
}
