import type { HostRule } from "./rule.ts";

/** GitHub refuses a PATCH of more than 4 MiB with 416, and takes 10 GB in one PUT. https://github.com/ocx-sh/ocx/pull/237 */
export const github: HostRule = {
  matches: (host) => host === "ghcr.io",
  upload: { way: "only-whole" },
};
