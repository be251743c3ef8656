import { BlockList, isIP } from "node:net";
import { failure } from "../words/error.ts";

export const GITHUB_API = "https://api.github.com";

/**
 * Where the API is, as GITHUB_API_URL tells it: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise
 * server. Plain HTTP is for this machine only.
 * @throws GITHUB_API_URL_INVALID
 */
export function parseApiUrl(text: string): URL {
  const refuse = (reason: string) => failure("GITHUB_API_URL_INVALID", { url: text.split("?")[0] ?? "", reason });
  if (!URL.canParse(text)) throw failure("GITHUB_API_URL_INVALID", { url: "", reason: "it is not a URL" });
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw failure("GITHUB_API_URL_INVALID", { url: url.origin + url.pathname, reason: "it holds a user name" });
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("it is not an HTTP address");
  if (url.protocol === "http:" && !isLoopback(url)) throw refuse("it is plain HTTP, over which a token can be read");
  if (url.search !== "" || url.hash !== "") throw refuse("it has more than a path");
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}

/**
 * Whether a URL that GitHub names may be sent the token: it has the API's own origin, or that of the uploads that are
 * known to belong to it.
 * https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
 * https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency/network-details-for-ghecom
 */
export function belongsToApi(url: URL, api: URL): boolean {
  if (url.origin === api.origin) return true;
  if (url.origin === uploadsOriginOf(api)) return true;
  return url.protocol === api.protocol && isLoopback(api) && isLoopback(url);
}

/** At github.com and ghe.com uploads have a host of their own beside the API's. */
function uploadsOriginOf({ protocol, hostname, port }: URL): string | undefined {
  const tenant = /^api\.(github\.com|[a-z0-9-]+\.ghe\.com)$/.exec(hostname)?.[1];
  return tenant === undefined || port !== "" ? undefined : `${protocol}//uploads.${tenant}`;
}

/** Whether a URL leads to this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (host === "localhost") return true;
  return isIP(host) !== 0 && LOOPBACK.check(host, isIP(host) === 4 ? "ipv4" : "ipv6");
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");
