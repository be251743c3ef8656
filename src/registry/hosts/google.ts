import type { HostRule } from "./rule.ts";

/** Artifact Registry takes no pieces. https://cloud.google.com/artifact-registry/docs/reference/docker-api */
export const google: HostRule = {
  matches: (host) => /(^|\.)gcr\.io$|-docker\.pkg\.dev$/.test(host),
  upload: { way: "only-whole" },
};
