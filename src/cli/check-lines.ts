import type { Difference, DifferenceKind } from "../copy/difference.ts";
import type { Outcome } from "../copy/outcome.ts";
import { shortDigest } from "../oci/digest.ts";
import type { Words } from "../words/words.ts";
import type { Paint } from "./output/color.ts";
import { tableLines } from "./output/table.ts";
import { printable } from "./output/width.ts";
import { type Result, resultOf } from "./result.ts";

/** What differs, for people: a line each, and a sum. What could not be looked at is in the summary of failures. */
export function checkLines(
  differences: readonly Difference[],
  outcomes: readonly Outcome[],
  words: Words,
  paint: Paint,
): readonly string[] {
  const rows = differences.map((difference) => [
    `${signOf(difference.kind, paint)} ${printable(difference.destination)}`,
    differenceText(difference, words),
  ]);
  return [...tableLines(rows), ...(rows.length > 0 ? [""] : []), sumLine(differences, outcomes, words)];
}

function signOf(kind: DifferenceKind, paint: Paint): string {
  return {
    "missing-tag": paint("green", "+"),
    "other-digest": paint("yellow", "~"),
    "missing-referrer": paint("cyan", "+"),
    "extra-tag": paint("red", "-"),
  }[kind];
}

function differenceText({ kind, expected, found }: Difference, words: Words): string {
  const short = (digest: Difference["found"]) => (digest === undefined ? "" : shortDigest(digest));
  return words.text(`check.${kind}`, { expected: short(expected), found: short(found) });
}

function sumLine(differences: readonly Difference[], outcomes: readonly Outcome[], words: Words): string {
  const kind = (name: DifferenceKind) => differences.filter((difference) => difference.kind === name).length;
  const result = (name: Result) => outcomes.filter((outcome) => resultOf(outcome) === name).length;
  const counts = [
    { key: "count.missing-tag", count: kind("missing-tag") },
    { key: "count.other-digest", count: kind("other-digest") },
    { key: "count.missing-referrer", count: kind("missing-referrer") },
    { key: "count.extra-tag", count: kind("extra-tag") },
    { key: "count.in-step", count: result("in-step") },
    { key: "count.platform", count: result("platform") },
    { key: "count.impossible", count: result("failed") },
  ] as const;
  const said = counts.filter(({ count }) => count > 0).map(({ key, count }) => words.text(key, { count }));
  return said.length === 0 ? words.text("count.nothing") : said.join(" · ");
}
