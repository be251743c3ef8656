import { releaseText as english } from "../words/en/release-text.ts";
import { fill, type Slots } from "../words/fill.ts";
import type { Language } from "../words/words.ts";
import { releaseText as chinese } from "../words/zh-CN/release-text.ts";

export type RemarkKey = keyof typeof english;

/** Something that is said of what was found or done, as data: a script compares `key`, a person reads {@link remarkText}. */
export interface Remark {
  readonly key: RemarkKey;
  readonly facts: Readonly<Record<string, string | number>>;
}

type RemarkFacts<K extends RemarkKey> = { readonly [S in Slots<(typeof english)[K]>]: string | number };

/** Makes a remark; the compiler asks for exactly the facts that its words need. */
export function remark<K extends RemarkKey>(key: K, facts: RemarkFacts<K>): Remark {
  return { key, facts };
}

const LINES: Readonly<Record<Language, Readonly<Record<RemarkKey, string>>>> = { en: english, "zh-CN": chinese };

/** The line that a person reads. */
export function remarkText({ key, facts }: Remark, language: Language): string {
  return fill(LINES[language][key], facts);
}
