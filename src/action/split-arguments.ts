import { failure } from "../words/error.ts";

/**
 * Takes the text of the input `args` apart. With a line break in it, as `args: |` has, every line that is not empty is
 * one argument, as it stands. Else it is words as a shell reads them: parted by spaces, held together by quotes or a
 * backslash. Nothing is ever filled in or run: `$NAME`, `*` and backticks are themselves.
 * @throws ACTION_ARGS_INVALID where a quote has no end
 */
export function splitArguments(text: string): readonly string[] {
  if (!/[\r\n]/.test(text)) return wordsOf(text);
  return text
    .split(/\r?\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02 */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (sign === "\\" && quote !== "'" && next !== "" && (quote === "" || /["\\]/.test(next))) {
      word = (word ?? "") + next;
      at += 1;
    } else if (quote !== "") {
      if (sign === quote) quote = "";
      else word = (word ?? "") + sign;
    } else if (sign === "'" || sign === '"') {
      quote = sign;
      word ??= "";
    } else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + sign;
  }
  if (quote !== "") throw failure("ACTION_ARGS_INVALID", { quote });
  return word === undefined ? words : [...words, word];
}
