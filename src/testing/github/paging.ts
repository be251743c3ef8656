import { z } from "zod";
import type { Reply } from "./reply.ts";
import type { View } from "./shapes.ts";

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const PAGE_PARAMETERS = {
  per_page: z.coerce.number().int().min(1).max(100).optional(),
  page: z.coerce.number().int().min(1).optional(),
};

/**
 * One page of a list. Its links name the repository by its number, as GitHub's do.
 * @param path below the repository
 */
export function pageReply<T, R>(
  { state, addresses }: View,
  path: string,
  { per_page: size = 30, page = 1 }: { readonly per_page?: number; readonly page?: number },
  all: readonly T[],
  shape: (item: T) => R,
): Reply<R[]> {
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (number: number, relation: string) =>
    `<${addresses.api}/repositories/${state.repositoryId}${path}?per_page=${size}&page=${number}>; rel="${relation}"`;
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size).map(shape),
    ...(links.length > 0 && { headers: { link: links.join(", ") } }),
  };
}
