import { failure } from "../../words/error.ts";

export interface Redirect {
  readonly host: string;
  readonly operation: string;
  readonly from: URL;
  readonly location: string;
}

/**
 * Where a redirect leads, if it may be followed: never from TLS to plain HTTP. Private addresses are refused where the
 * connection is made, so that no name can hide one.
 * @throws REDIRECT_REFUSED
 */
export function redirectTarget({ host, operation, from, location }: Redirect): URL {
  const refuse = (reason: string) =>
    failure("REDIRECT_REFUSED", { host, operation, location: location.split("?")[0]?.slice(0, 200) ?? "", reason });
  if (!URL.canParse(location, from.href)) throw refuse("it is not an address");
  const url = new URL(location, from);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw refuse("it is not an HTTP address");
  if (url.username !== "" || url.password !== "") throw refuse("it holds a user name");
  if (from.protocol === "https:" && url.protocol === "http:") throw refuse("it is plain HTTP");
  return url;
}
