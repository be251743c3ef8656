import type { Condition, FieldValue } from "./form.ts";

/** The values that count, by field id: valid in form, shown, not empty. */
export type Settled = ReadonlyMap<string, FieldValue>;

/** Whether a condition holds; none always does. A field that is not shown, or empty, has no value. */
export function holds(condition: Condition | undefined, settled: Settled): boolean {
  return Object.entries(condition ?? {}).every(([id, wanted]) => {
    const value = settled.get(id);
    if (typeof wanted !== "object") return value === wanted;
    if ("set" in wanted) return (value !== undefined) === wanted.set;
    return value !== undefined && wanted.includes(value);
  });
}
