import { failure } from "../words/error.ts";
import type { Session } from "./session.ts";

const PAGE_SIZE = 100;
/** GitHub lists 10,000 releases at most; whoever names more pages than that goes on for ever. */
const MOST_PAGES = 120;

/**
 * Every item of a list, page by page.
 * https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 * @param read makes one item of its JSON
 * @throws GITHUB_ANSWER for a list that has no end or is none
 */
export async function pagesOf<T>(
  { api, octokit, repository }: Session,
  route: string,
  parameters: Readonly<Record<string, unknown>>,
  read: (data: unknown) => T,
): Promise<readonly T[]> {
  const items: T[] = [];
  const broken = (reason: string) => failure("GITHUB_ANSWER", { host: api.host, operation: route, reason });
  let pages = 0;
  for await (const { data } of octokit.paginate.iterator(route, {
    ...repository,
    ...parameters,
    per_page: PAGE_SIZE,
  })) {
    pages += 1;
    if (pages > MOST_PAGES) throw broken(`it goes on after ${MOST_PAGES} pages`);
    if (!Array.isArray(data)) throw broken("it is not a list");
    items.push(...data.map(read));
  }
  return items;
}
