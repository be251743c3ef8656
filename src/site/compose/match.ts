import { guardedOf, isList, isMapping, textParts } from "../../config/compose/template.ts";
import { type Captured, capture } from "./capture.ts";
import type { Condition, TemplateNode } from "./form.ts";
import type { Plain } from "./render.ts";

/** How a file compares with the template. */
export interface Match {
  /** So many texts are as the template has them, less those that are not. */
  readonly score: number;
  readonly captured: Captured;
  /** Fields of parts that the file could have, and does not. */
  readonly absent: readonly string[];
}

/** What is known while a file is compared. */
export interface Knowledge {
  /** What may stand for a placeholder; undefined: nothing, and the text with it is left out. */
  readonly expected: (name: string) => string | undefined;
  /** Whether a text that stands for a placeholder can be meant; one that cannot counts half. */
  readonly fits: (name: string, text: string) => boolean;
  /** Whether a condition holds; undefined: only the file can tell. */
  readonly holds: (condition: Condition) => boolean | undefined;
}

const NOTHING: Match = { score: 0, captured: new Map(), absent: [] };
const WRONG: Match = { ...NOTHING, score: -1 };

/** Compares a part of the template with what a file has in its place; undefined: the file has nothing there. */
export function match(template: TemplateNode, written: Plain | undefined, known: Knowledge): Match {
  const guarded = isMapping(template) ? guardedOf(template) : undefined;
  if (guarded !== undefined) {
    const holds = known.holds(guarded.condition);
    if (holds === false) return written === undefined ? NOTHING : WRONG;
    if (holds === undefined && written === undefined) return { ...NOTHING, absent: wantedSet(guarded.condition) };
    return bestOf(
      possible(guarded.contents, known).map((one) => match(one, written, known)),
      written,
    );
  }
  if (isList(template)) return matchList(template, written, known);
  if (isMapping(template)) return matchMapping(template, written, known);
  return typeof template === "string" ? matchText(template, written, known) : matchLiteral(template, written);
}

/** Of alternatives, those that may be meant: up to the first that is there for certain. */
function possible(contents: readonly TemplateNode[], known: Knowledge): readonly TemplateNode[] {
  const conditions = contents.map((content) => (isMapping(content) ? guardedOf(content)?.condition : undefined) ?? {});
  const certain = conditions.findIndex((condition) => known.holds(condition) === true);
  return contents.filter((_, at) => (certain < 0 || at <= certain) && known.holds(conditions[at] ?? {}) !== false);
}

/** Of alternatives, that which the file is most like; of equals the first. */
function bestOf(matches: readonly Match[], written: Plain | undefined): Match {
  const none = written === undefined ? NOTHING : WRONG;
  return (
    matches.reduce<Match | undefined>((best, one) => (best && best.score >= one.score ? best : one), undefined) ?? none
  );
}

function matchLiteral(template: TemplateNode, written: Plain | undefined): Match {
  const isSame =
    written !== undefined && !isList(written) && !isMapping(written) && String(template) === String(written);
  return isSame ? { ...NOTHING, score: 1 } : WRONG;
}

function matchText(template: string, written: Plain | undefined, { expected, fits }: Knowledge): Match {
  const names = textParts(template).flatMap((part) => (part.kind === "placeholder" ? [part.name] : []));
  if (names.length === 0) return matchLiteral(template, written);
  if (names.some((name) => expected(name) === undefined)) return written === undefined ? NOTHING : WRONG;
  // It may have been left out for want of an answer; that it was is less likely.
  if (written === undefined) return { ...NOTHING, score: -0.5, absent: names };
  if (isList(written) || isMapping(written)) return WRONG;
  const captured = capture(template, String(written), (name) => expected(name) ?? "");
  if (captured === undefined) return WRONG;
  return { ...NOTHING, score: [...captured].every(([name, text]) => fits(name, text)) ? 1 : 0.5, captured };
}

function matchMapping(
  template: Readonly<Record<string, TemplateNode>>,
  written: Plain | undefined,
  known: Knowledge,
): Match {
  if (written !== undefined && !isMapping(written)) return WRONG;
  const there = written ?? {};
  const foreign = Object.keys(there).filter((key) => !Object.hasOwn(template, key));
  const parts = Object.entries(template).map(([key, node]) =>
    match(node, Object.hasOwn(there, key) ? there[key] : undefined, known),
  );
  return together([...parts, { ...NOTHING, score: -foreign.length }]);
}

/** Each item with the first that it matches; those that say most for themselves choose first. */
function matchList(template: readonly TemplateNode[], written: Plain | undefined, known: Knowledge): Match {
  if (written !== undefined && !isList(written)) return WRONG;
  const left = new Set(written);
  const parts = template
    .toSorted((one, other) => literalLength(other) - literalLength(one))
    .map((node) => {
      const found = [...left]
        .map((item) => ({ item, found: match(node, item, known) }))
        .filter((pair) => pair.found.score > 0)
        .toSorted((one, other) => other.found.score - one.found.score)[0];
      if (found === undefined) return match(node, undefined, known);
      left.delete(found.item);
      return found.found;
    });
  return together([...parts, { ...NOTHING, score: -left.size }]);
}

function together(parts: readonly Match[]): Match {
  const captured = new Map<string, string>();
  for (const part of parts) {
    for (const [name, text] of part.captured) if (!captured.has(name)) captured.set(name, text);
  }
  return {
    score: parts.reduce((sum, { score }) => sum + score, 0),
    captured,
    absent: parts.flatMap(({ absent }) => absent),
  };
}

function wantedSet(condition: Condition): readonly string[] {
  return Object.entries(condition).flatMap(([id, wanted]) =>
    typeof wanted === "object" && "set" in wanted && wanted.set ? [id] : [],
  );
}

function literalLength(node: TemplateNode): number {
  if (typeof node === "string") {
    return textParts(node).reduce((sum, part) => sum + (part.kind === "literal" ? part.text.length : 0), 0);
  }
  if (isList(node)) return node.reduce<number>((sum, item) => sum + literalLength(item), 0);
  return isMapping(node) ? Object.values(node).reduce<number>((sum, item) => sum + literalLength(item), 0) : 1;
}
