import type { Language } from "../../words/words.ts";
import { localized } from "../localized.ts";
import type { Localized } from "../model.ts";
import { siteWords } from "../words.ts";
import { spanText } from "./span.ts";

/** Why a source stands where it does in a recommendation. */
export type Reason =
  | { readonly key: "fastest" | "answers"; readonly milliseconds: number }
  | { readonly key: "unreachable" | "unmeasured" | "origin" | "unchecked" | "language" }
  | { readonly key: "in-step"; readonly total: number }
  | { readonly key: "catching-up" | "late"; readonly missing: number; readonly total: number; readonly lag?: number }
  | { readonly key: "limited"; readonly limits: Localized }
  | { readonly key: "region" | "other-region"; readonly timeZone: string }
  | { readonly key: "degraded" | "paused"; readonly reason: Localized; readonly since?: string };

/** Whether a reason is one to choose the source, one against it, or neither. */
export function speaks({ key }: Reason): "for" | "against" | "neither" {
  return DIRECTION[key];
}

const DIRECTION: Readonly<Record<Reason["key"], "for" | "against" | "neither">> = {
  fastest: "for",
  answers: "neither",
  unreachable: "against",
  unmeasured: "neither",
  origin: "for",
  unchecked: "neither",
  language: "for",
  "in-step": "for",
  "catching-up": "neither",
  late: "against",
  limited: "against",
  region: "for",
  "other-region": "against",
  degraded: "against",
  paused: "against",
};

/** A reason as people read it. */
export function reasonText(reason: Reason, language: Language): string {
  const words = siteWords(language);
  switch (reason.key) {
    case "fastest":
    case "answers":
      return words.text(`site.reason.${reason.key}`, { milliseconds: reason.milliseconds });
    case "in-step":
      return words.text("site.reason.in-step", { total: reason.total });
    case "catching-up":
    case "late": {
      const { missing, total, lag } = reason;
      if (lag === undefined) return words.text(`site.reason.${reason.key}`, { missing, total });
      return words.text(`site.reason.${reason.key}.since`, { missing, total, lag: spanText(lag, language) });
    }
    case "limited":
      return words.text("site.reason.limited", { limits: localized(reason.limits, language) });
    case "region":
    case "other-region":
      return words.text(`site.reason.${reason.key}`, { timeZone: reason.timeZone });
    case "degraded":
    case "paused": {
      const why = localized(reason.reason, language);
      if (reason.since === undefined) return words.text(`site.reason.${reason.key}`, { reason: why });
      return words.text(`site.reason.${reason.key}.since`, { reason: why, since: reason.since });
    }
    default:
      return words.text(`site.reason.${reason.key}`);
  }
}
