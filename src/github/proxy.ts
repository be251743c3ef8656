import { failure } from "../words/error.ts";
import type { Environment } from "./options.ts";

/** What undici's EnvHttpProxyAgent is told; it then looks at no variable by itself. */
export interface ProxySettings {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  readonly noProxy: string;
}

/**
 * The proxy for TLS, which is all that GitHub speaks: HTTPS_PROXY, then ALL_PROXY, in upper or lower case, unless
 * NO_PROXY has the host. https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 * @throws PROXY_INVALID
 */
export function proxySettings(environment: Environment): ProxySettings {
  const proxy = firstSet(environment, ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]);
  const noProxy = firstSet(environment, ["NO_PROXY", "no_proxy"])?.value ?? "";
  return { httpProxy: "", httpsProxy: proxy === undefined ? "" : proxyUrl(proxy.name, proxy.value), noProxy };
}

function firstSet(environment: Environment, names: readonly string[]) {
  return names.map((name) => ({ name, value: environment[name] ?? "" })).find(({ value }) => value !== "");
}

/** Never quotes the value, which may hold a password. */
function proxyUrl(name: string, value: string): string {
  const text = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(text)) throw failure("PROXY_INVALID", { name, reason: "it is not a URL" });
  const { protocol, href } = new URL(text);
  if (protocol === "http:" || protocol === "https:") return href;
  throw failure("PROXY_INVALID", { name, reason: `${protocol}// is not a kind of proxy that Slipway speaks` });
}
