/** What a browser says of where a request comes from. */
export interface Provenance {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  /** `Host`, which has been found to be this daemon's. */
  readonly host: string;
  /** `serve.url` */
  readonly url: string | undefined;
}

/**
 * Whether a request that a cookie vouches for comes from a page of this daemon. Browsers add `Origin` to all that changes
 * anything; whoever sends neither it nor `Sec-Fetch-Site` is no browser with a cookie to be misused, and has a token.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isOwnPage({ origin, fetchSite, host, url }: Provenance): boolean {
  if (fetchSite !== undefined && fetchSite !== "same-origin") return false;
  if (origin === undefined) return fetchSite === "same-origin";
  const own = url === undefined ? undefined : new URL(url);
  if (own?.host === host.toLowerCase()) return origin === own.origin;
  return origin === `http://${host.toLowerCase()}` || origin === `https://${host.toLowerCase()}`;
}
