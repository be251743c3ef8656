import type { Place } from "../../../config/reading/place.ts";
import { placeWithin, type Written } from "./written.ts";

/** One `${{ … }}`. https://docs.github.com/en/actions/reference/workflows-and-actions/expressions */
export interface Expression {
  /** What stands in it, without the space around. */
  readonly text: string;
  readonly place: Place;
  /** Of the `$`, in the text that holds it. */
  readonly offset: number;
}

/** The expressions of a text. */
export function expressionsIn(lines: readonly string[], written: Written): readonly Expression[] {
  return [...written.text.matchAll(/\$\{\{((?:(?!\$\{\{)[\s\S])*?)\}\}/g)].map((match) => ({
    text: (match[1] ?? "").trim(),
    place: placeWithin(lines, written, match.index),
    offset: match.index,
  }));
}

/** `secrets.NAME`, `secrets['NAME']`; `*` stands for all of them: `toJSON(secrets)`, `secrets[matrix.name]`. */
export function secretsIn(expression: string): readonly string[] {
  const withoutTexts = expression.replace(/'(?:[^']|'')*'/g, (text) => (/^'\w+'$/.test(text) ? text : "''"));
  return [...withoutTexts.matchAll(/(?<![\w.-])secrets\b(?:\s*\.\s*([\w-]+)|\s*\[\s*'(\w+)'\s*\])?/gi)].map(
    ([, dotted, indexed]) => dotted ?? indexed ?? "*",
  );
}

/** The contexts that an expression reads, `github.event.issue.title`, with `['x']` written as `.x` and `[0]` as `.*`. */
export function contextsIn(expression: string): readonly string[] {
  const plain = expression
    .replace(/\[\s*'([\w-]+)'\s*\]/g, ".$1")
    .replace(/\[\s*(?:\d+|\*)\s*\]/g, ".*")
    .replace(/'(?:[^']|'')*'/g, "''");
  return [...plain.matchAll(/(?<![\w.'-])([a-z_][\w-]*(?:\s*\.\s*(?:[\w-]+|\*))*)(?!\s*\(|[\w-])/gi)]
    .map(([, context = ""]) => context.replace(/\s/g, ""))
    .filter((context) => !/^(?:true|false|null|NaN|Infinity)$/.test(context));
}
