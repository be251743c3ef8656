import { hubListing } from "../listings/docker-hub.ts";
import type { HostRule } from "./rule.ts";

/**
 * Docker Hub's references say docker.io, its API is elsewhere. By that API only manifests without a tag can be deleted.
 * https://docs.docker.com/reference/api/registry/latest/
 */
export const dockerHub: HostRule = {
  matches: (host) => host === "docker.io",
  apiHost: "registry-1.docker.io",
  deletesTags: false,
  listing: hubListing,
};
