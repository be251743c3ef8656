import { isIPv4 } from "node:net";
import { failure } from "../../words/error.ts";

/** A URL as it may be shown and kept: without user, password, query and fragment, any of which can be a secret. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** Whether a URL leads to this very machine: localhost, 127.0.0.0/8, ::1. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}

/**
 * The URL to download from.
 * @param hasChecksum with one, plain HTTP can do no harm: what arrives is known beforehand
 * @throws DOWNLOAD_URL_INVALID, DOWNLOAD_INSECURE
 */
export function parseAddress(text: string, hasChecksum: boolean): URL {
  const url = URL.parse(text.trim());
  // Never quoted: whoever mistypes a URL has its secrets in it all the same.
  if (url === null) throw failure("DOWNLOAD_URL_INVALID", { reason: "it is not a URL" });
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw failure("DOWNLOAD_URL_INVALID", { reason: `${url.protocol} is neither https: nor http:` });
  }
  if (url.protocol === "http:" && !isLoopback(url) && !hasChecksum) {
    throw failure("DOWNLOAD_INSECURE", { url: shownUrl(url) });
  }
  return url;
}

/**
 * Where a redirect leads, if it may be followed: to https, or to plain HTTP on this machine where it began there, too.
 * @param first what was asked for in the beginning
 * @param from what answered with the redirect
 * @param location as the server wrote it, absolute or relative to `from`
 * @throws DOWNLOAD_REDIRECT_REFUSED
 */
export function redirectTarget(first: URL, from: URL, location: string): URL {
  const target = URL.parse(location, from.href);
  const refuse = (reason: string) =>
    failure("DOWNLOAD_REDIRECT_REFUSED", {
      url: shownUrl(first),
      location: target === null ? "?" : shownUrl(target),
      reason,
    });
  if (target === null) throw refuse("it is not an address");
  if (target.username !== "" || target.password !== "") throw refuse("it holds a user name");
  if (target.protocol === "https:") return target;
  if (target.protocol !== "http:") throw refuse("it is not an HTTP address");
  if (first.protocol !== "http:" || !isLoopback(first) || !isLoopback(target)) throw refuse("it is plain HTTP");
  return target;
}

/** The last part of a URL's path as the name of a file; `package` where it has none that could be one. */
export function fileNameOf(url: URL): string {
  const last = url.pathname.split("/").at(-1) ?? "";
  const name = decoded(last).replace(/[/\\\0]/g, "_");
  return name === "" || name === "." || name === ".." ? "package" : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
