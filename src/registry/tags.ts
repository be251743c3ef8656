import { failure } from "../words/error.ts";
import type { Host } from "./host.ts";

const PAGE_SIZE = 1000;
/** Registries that give 50 at a time, whatever is asked for, reach 100,000 tags so. */
const MAX_PAGES = 2_000;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

interface Page {
  readonly tags: readonly string[];
  readonly next: URL | undefined;
}

/**
 * All tags, page by page; no page where the repository does not exist. Links are followed on the same host only.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags
 */
export async function* listTags(host: Host, repository: string): AsyncGenerator<readonly string[]> {
  let next: URL | undefined = new URL(`/v2/${repository}/tags/list?n=${PAGE_SIZE}`, host.setup.base);
  const seen = new Set<string>();
  for (let pages = 0; next !== undefined; pages += 1) {
    if (pages === MAX_PAGES || seen.has(next.href)) throw invalid(host, next, "its pages never end");
    seen.add(next.href);
    const page: Page | undefined = await getPage(host, repository, next);
    if (page === undefined) return;
    yield page.tags;
    next = page.next;
  }
}

function getPage(host: Host, repository: string, url: URL): Promise<Page | undefined> {
  const call = { method: "GET", path: url, repository, scopes: { [repository]: "pull" }, expect: [200, 404] } as const;
  return host.call(call, async (answer) => {
    if (answer.status === 404) return undefined;
    const bytes = await answer.bytes(MAX_PAGE_BYTES).catch((error: unknown) => {
      throw error instanceof RangeError ? invalid(host, url, error.message) : error;
    });
    return { tags: readTags(host, url, bytes), next: nextLink(host, url, answer.header("link")) };
  });
}

function readTags(host: Host, url: URL, bytes: Buffer): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw invalid(host, url, "it is not JSON");
  }
  // an empty repository is `"tags": null` at several registries
  const tags = typeof json === "object" && json !== null && "tags" in json ? (json.tags ?? []) : undefined;
  if (!Array.isArray(tags)) throw invalid(host, url, "it holds no list of tags");
  return tags.filter((tag): tag is string => typeof tag === "string");
}

/** https://www.rfc-editor.org/rfc/rfc8288: `</v2/x/tags/list?n=2&last=b>; rel="next"` */
export function linkedNext(header: string | undefined): string | undefined {
  return /<([^>]*)>\s*;[^,]*rel="?next"?/i.exec(header ?? "")?.[1];
}

/** The next page that a `Link` names, on the same host. @throws ANSWER_INVALID where it is elsewhere */
export function nextLink(host: Host, url: URL, header: string | undefined): URL | undefined {
  const target = linkedNext(header);
  if (target === undefined) return undefined;
  if (!URL.canParse(target, url.href)) throw invalid(host, url, "its link to the next page is not an address");
  const next = new URL(target, url);
  if (next.origin !== url.origin) throw invalid(host, url, `its next page is at another host, ${next.host}`);
  return next;
}

function invalid(host: Host, url: URL, reason: string) {
  return failure("ANSWER_INVALID", { host: host.name, operation: `GET ${url.pathname}`, reason });
}
