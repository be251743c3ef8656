/** A tag that an image gets, and how long it means that image. */
export type NamedTag = { readonly name: string } & TagMeaning;

export type TagMeaning =
  /** Names exactly one version: never to be put on another image. */
  | { readonly kind: "version" }
  /** Names a commit. */
  | { readonly kind: "revision" }
  /** Goes on to newer images. */
  | {
      readonly kind: "floating";
      readonly line: Line;
      /** What stands around the versions among which it moves, where anything does: `1.2.3-alpine`. */
      readonly around?: { readonly prefix: string; readonly suffix: string };
    };

/** Which images a floating tag follows: releases, those of a line, or (`branch`, `other`) whatever comes. */
export type Line = "latest" | "branch" | "other" | { readonly major: number; readonly minor?: number };

export type FloatingTag = Extract<NamedTag, { kind: "floating" }>;

/** The stricter of two meanings of one name. */
export function stricter(one: TagMeaning, other: TagMeaning): TagMeaning {
  return strictness(other) > strictness(one) ? other : one;
}

function strictness(meaning: TagMeaning): number {
  if (meaning.kind === "version") return 3;
  if (meaning.kind === "revision") return 2;
  return meaning.line === "branch" || meaning.line === "other" ? 0 : 1;
}
