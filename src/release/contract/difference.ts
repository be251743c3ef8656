/** The first line in which two pages differ. */
export interface LineDifference {
  /** Counted from 1. */
  readonly line: number;
  /** Left out where the page ends before. */
  readonly found?: string;
  readonly expected?: string;
}

/**
 * Undefined where both say the same. How their lines end does not count: git may change that.
 * @param found undefined where there is no page
 */
export function firstDifference(found: string | undefined, expected: string): LineDifference | undefined {
  const there = found === undefined ? [] : linesOf(found);
  const wanted = linesOf(expected);
  for (let at = 0; at < Math.max(there.length, wanted.length); at += 1) {
    const [one, other] = [there[at], wanted[at]];
    if (one === other) continue;
    return {
      line: at + 1,
      ...(one !== undefined && { found: one }),
      ...(other !== undefined && { expected: other }),
    };
  }
  return undefined;
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}
