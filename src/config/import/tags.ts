import { parseTagPattern } from "../tags/tag-pattern.ts";
import { parseVersionRange } from "../tags/version.ts";
import { escapeTemplate } from "../variables/template.ts";

/** A pattern as `slipway.yaml` has it. @throws Refusal when it is none */
export function checkedPattern(pattern: string): string {
  parseTagPattern(pattern);
  return escapeTemplate(pattern);
}

/** A range of versions as `slipway.yaml` has it. @throws Refusal when it is none */
export function checkedRange(range: string): string {
  parseVersionRange(range);
  return escapeTemplate(range);
}
