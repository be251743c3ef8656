import type { HostRule } from "./rule.ts";

/** Docker Hub's references say docker.io, its API is elsewhere. https://docs.docker.com/reference/api/registry/latest/ */
export const dockerHub: HostRule = {
  matches: (host) => host === "docker.io",
  apiHost: "registry-1.docker.io",
};
