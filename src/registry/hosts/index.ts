import { dockerHub } from "./docker-hub.ts";
import type { HostRule } from "./rule.ts";

const RULES: readonly HostRule[] = [dockerHub];

/** What is known of a host; nothing, for most. */
export function ruleOf(host: string): HostRule | undefined {
  return RULES.find((rule) => rule.matches(host));
}
