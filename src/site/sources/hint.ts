import type { Source } from "../model.ts";

/** What a browser tells of its user without being asked for more. */
export interface Visitor {
  /** IANA's name: `Asia/Shanghai`. Left out: not known. */
  readonly timeZone?: string | undefined;
  /** As in `navigator.languages`, the preferred one first. */
  readonly languages: readonly string[];
}

/** Whom a source is meant for, compared with who is there. */
export type Hint =
  | { readonly kind: "region" | "other-region"; readonly timeZone: string }
  | { readonly kind: "language" }
  | { readonly kind: "none" };

/** Where one is says more than what one speaks: a reader of Chinese in New York is far from Hangzhou. */
export function hintOf({ hints }: Pick<Source, "hints">, { timeZone, languages }: Visitor): Hint {
  if (timeZone !== undefined && hints.timeZones.length > 0) {
    return { kind: hints.timeZones.includes(timeZone) ? "region" : "other-region", timeZone };
  }
  const [preferred = ""] = languages;
  return { kind: hints.languages.some((language) => isOf(preferred, language)) ? "language" : "none" };
}

/** `zh-CN` and `zh-Hans-CN` are of `zh`, `zh-CN` is of itself. https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1 */
function isOf(language: string, range: string): boolean {
  const [one, other] = [language.toLowerCase(), range.toLowerCase()];
  return one === other || one.startsWith(`${other}-`);
}
