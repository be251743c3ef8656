import { createHash } from "node:crypto";

/**
 * How much later than its ticks a mirror begins, in milliseconds: always the same for a mirror, and spread evenly over
 * many, so that a thousand that have the same schedule do not begin at once.
 * @param most milliseconds
 */
export function delayOf(mirror: string, most: number): number {
  const hash = createHash("sha256").update(mirror).digest().readUIntBE(0, 6);
  return hash % (Math.floor(most) + 1);
}
