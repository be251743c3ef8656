import { digestsOf, entriesOf, isFields } from "./fields.ts";
import type { Listing } from "./listing.ts";

const HUB = new URL("https://hub.docker.com");

/**
 * Docker Hub's own API, beside the registry and with other limits. It knows other logins than the registry, so it is
 * asked as nobody: that is enough for public repositories. Tags pushed long ago may have no digest there.
 * https://docs.docker.com/reference/api/hub/latest/#tag/repositories/operation/ListRepositoryTags
 * @param at where the API is
 */
export function dockerHubListing(at = HUB): Listing {
  return {
    at,
    as: "nobody",
    first: (repository) => {
      const [namespace, name, ...more] = repository.split("/");
      if (name === undefined || more.length > 0) return undefined;
      return `/v2/namespaces/${namespace}/repositories/${name}/tags?page=1&page_size=100`;
    },
    read: ({ json }) => {
      const { results, next } = isFields(json) ? json : {};
      return {
        digests: digestsOf(entriesOf(results).map(({ name, digest }) => [name, digest])),
        ...(typeof next === "string" && { next }),
      };
    },
  };
}

/** Docker Hub itself. */
export const hubListing: Listing = dockerHubListing();
