import { configText as english } from "../words/en/config-text.ts";
import { fill, type Slots } from "../words/fill.ts";
import type { Language } from "../words/words.ts";
import { configText as chinese } from "../words/zh-CN/config-text.ts";

export type NoticeKey = keyof typeof english;

/** Something worth saying that is no error, as data: a script compares `key`, a person reads {@link noticeText}. */
export interface Notice {
  readonly key: NoticeKey;
  readonly facts: Readonly<Record<string, string | number>>;
}

type NoticeFacts<K extends NoticeKey> = { readonly [S in Slots<(typeof english)[K]>]: string | number };

/** Makes a notice; the compiler asks for exactly the facts that its words need. */
export function notice<K extends NoticeKey>(key: K, facts: NoticeFacts<K>): Notice {
  return { key, facts };
}

const LINES: Readonly<Record<Language, Readonly<Record<NoticeKey, string>>>> = { en: english, "zh-CN": chinese };

/** The line that a person reads. */
export function noticeText(notice: Notice, language: Language): string {
  return fill(LINES[language][notice.key], notice.facts);
}
