import { azure } from "./azure.ts";
import { dockerHub } from "./docker-hub.ts";
import { github } from "./github.ts";
import { google } from "./google.ts";
import { quay } from "./quay.ts";
import type { HostRule } from "./rule.ts";

const RULES: readonly HostRule[] = [azure, dockerHub, github, google, quay];

/** What is known of a host; nothing, for most. */
export function ruleOf(host: string, rules = RULES): HostRule | undefined {
  return rules.find((rule) => rule.matches(host));
}
