import type { SiteData } from "../model.ts";

/**
 * What a page of the site may load: its own files, and nothing from elsewhere. It may ask its own server, the hosts whose way
 * it measures, and the one that tells the status. https://www.w3.org/TR/CSP3/
 */
export function contentPolicy({ sources, status }: Pick<SiteData, "sources" | "status">): string {
  const asked = [...sources.flatMap(({ probe }) => probe ?? []), ...(status === undefined ? [] : [status])];
  const origins = new Set(asked.flatMap(originOf));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...origins].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Of an address elsewhere; a path is on the page's own server. */
function originOf(address: string): readonly string[] {
  const url = URL.parse(address);
  return url === null ? [] : [url.origin];
}
