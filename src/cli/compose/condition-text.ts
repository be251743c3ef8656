import type { Condition } from "../../site/compose/form.ts";

/** A condition as options say it: `database=postgres, system=linux|macos`; a field that only has to have a value: `key=…`. */
export function conditionText(condition: Condition): string {
  const parts = Object.entries(condition).map(([id, wanted]) => {
    if (typeof wanted !== "object") return `${id}=${wanted}`;
    if ("set" in wanted) return wanted.set ? `${id}=…` : `${id}=`;
    return `${id}=${wanted.join("|")}`;
  });
  return parts.join(", ");
}
