import { failure } from "../words/error.ts";
import { belongsToApi } from "./address.ts";

export interface Redirect {
  readonly api: URL;
  readonly from: URL;
  readonly location: string;
  readonly method: string;
  readonly status: number;
}

/** Those that say "the same request, there"; the others may be followed by asking only. */
const SAME_METHOD: readonly number[] = [307, 308];

/**
 * Where a redirect leads, if it may be followed: within the API only, as the token goes along. A repository that has
 * another name now is where GitHub redirects.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 * @throws GITHUB_REDIRECTED
 */
export function redirectTarget({ api, from, location, method, status }: Redirect): URL {
  const refuse = (reason: string) =>
    failure("GITHUB_REDIRECTED", {
      host: from.host,
      operation: `${method} ${from.pathname}`,
      location: location.split("?")[0]?.slice(0, 200) ?? "",
      reason,
    });
  if (!URL.canParse(location, from.href)) throw refuse("it is not an address");
  const url = new URL(location, from);
  if (url.username !== "" || url.password !== "") throw refuse("it holds a user name");
  if (!belongsToApi(url, api)) throw refuse(`it is not part of ${api.origin}`);
  if (method !== "GET" && !SAME_METHOD.includes(status)) throw refuse(`${status} does not say to repeat a ${method}`);
  return url;
}
