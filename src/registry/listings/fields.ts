import { type Digest, isDigest } from "../../oci/digest.ts";

/** An object of somebody's JSON: any field may be missing or be something else. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; null is an empty one at several registries. @throws Error where it is no list */
export function entriesOf(list: unknown): readonly Fields[] {
  if (list === null) return [];
  if (!Array.isArray(list)) throw new Error("it holds no list");
  return list.filter(isFields);
}

/** What tags stand for, of those that say it. Of two that say it of one tag, the last one counts. */
export function digestsOf(pairs: Iterable<readonly [tag: unknown, digest: unknown]>): ReadonlyMap<string, Digest> {
  const digests = new Map<string, Digest>();
  for (const [tag, digest] of pairs) {
    if (typeof tag === "string" && typeof digest === "string" && isDigest(digest)) digests.set(tag, digest);
  }
  return digests;
}

/** The same question for the page after it, for APIs that count pages: `?page=2` after `?page=1`. */
export function pageAfter(url: URL): string {
  const query = new URLSearchParams(url.search);
  query.set("page", String(Number(query.get("page")) + 1));
  return `${url.pathname}?${query}`;
}
