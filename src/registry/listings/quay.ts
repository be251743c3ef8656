import { digestsOf, entriesOf, isFields, pageAfter } from "./fields.ts";
import type { Listing } from "./listing.ts";

/**
 * Quay. Its API takes OAuth tokens of applications and not a registry's logins, so it is asked as nobody: that is enough
 * for public repositories. https://docs.projectquay.io/api_quay.html#_tag
 */
export const quayListing: Listing = {
  as: "nobody",
  first: (repository) => `/api/v1/repository/${repository}/tag/?onlyActiveTags=true&limit=100&page=1`,
  read: ({ json, url }) => {
    const { tags, has_additional } = isFields(json) ? json : {};
    return {
      digests: digestsOf(entriesOf(tags).map(({ name, manifest_digest }) => [name, manifest_digest])),
      ...(has_additional === true && { next: pageAfter(url) }),
    };
  },
};
