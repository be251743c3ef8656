import { linkedNext } from "../tags.ts";
import { digestsOf, entriesOf, isFields } from "./fields.ts";
import type { Listing } from "./listing.ts";

/**
 * Azure Container Registry. Its tokens tell reading content from reading metadata; one that may only pull is refused.
 * https://learn.microsoft.com/rest/api/containerregistry/tag/get-list
 */
export const azureListing: Listing = {
  as: "token",
  first: (repository) => `/acr/v1/${repository}/_tags?n=100`,
  read: ({ json, header }) => {
    const { tags } = isFields(json) ? json : {};
    const next = linkedNext(header("link"));
    return {
      digests: digestsOf(entriesOf(tags).map(({ name, digest }) => [name, digest])),
      ...(next !== undefined && { next }),
    };
  },
};
