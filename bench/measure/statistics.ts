/** The middle of the values, or the mean of the two in the middle; nothing of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/**
 * The median of `ours` to `theirs`, round by round: what slows the machine for a while slows both of a pair. A round that
 * either of them has not is left out.
 */
export function pairedRatio(
  ours: readonly (number | undefined)[],
  theirs: readonly (number | undefined)[],
): number | undefined {
  const ratios = ours.flatMap((our, round) => {
    const their = theirs[round];
    return our === undefined || their === undefined || their === 0 ? [] : [our / their];
  });
  return median(ratios);
}
