/** Lines around what differs. */
const CONTEXT = 1;

/** Two texts as a diff: what is taken away, what is added, a line around either, and `…` for what was left out. */
export function lineDiff(before: string, after: string): string {
  const lines = merged(before.trimEnd().split("\n"), after.trimEnd().split("\n"));
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(([sign]) => sign !== " ");
  const kept = lines.flatMap(([sign, line], at) => {
    if (isNear(at)) return [`${sign} ${line}`.trimEnd()];
    return at === 0 || isNear(at - 1) ? ["  …"] : [];
  });
  return kept.join("\n");
}

type Marked = readonly [sign: "-" | "+" | " ", line: string];

/** By the longest common subsequence. */
function merged(one: readonly string[], other: readonly string[]): readonly Marked[] {
  const lengths = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1) {
    for (let column = other.length - 1; column >= 0; column -= 1) {
      const longest =
        one[row] === other[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
      lengths[row]?.splice(column, 1, longest);
    }
  }
  const marked: Marked[] = [];
  let [row, column] = [0, 0];
  while (row < one.length || column < other.length) {
    const [left, right] = [one[row], other[column]];
    if (left !== undefined && left === right) {
      marked.push([" ", left]);
      row += 1;
      column += 1;
    } else if (left !== undefined && (right === undefined || lengthAt(row + 1, column) >= lengthAt(row, column + 1))) {
      marked.push(["-", left]);
      row += 1;
    } else if (right !== undefined) {
      marked.push(["+", right]);
      column += 1;
    }
  }
  return marked;
}
