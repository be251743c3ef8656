import type { Language } from "../../../words/words.ts";

/**
 * The language that a reader wants: `?lang=`, else the first of `Accept-Language` that there is, else English.
 * https://www.rfc-editor.org/rfc/rfc9110#field.accept-language
 */
export function languageOf(asked: string | undefined, accepted: string | undefined): Language {
  const wanted = (accepted ?? "").split(",").map((part, position) => {
    const [range = "", ...parameters] = part.trim().split(";");
    const quality = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find((text) => text !== undefined);
    return { range, quality: quality === undefined ? 1 : Number(quality), position };
  });
  wanted.sort((one, other) => other.quality - one.quality || one.position - other.position);
  for (const range of [asked ?? "", ...wanted.filter(({ quality }) => quality > 0).map(({ range }) => range)]) {
    if (/^zh\b/i.test(range)) return "zh-CN";
    if (/^en\b/i.test(range)) return "en";
  }
  return "en";
}
