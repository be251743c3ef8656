import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { createSecureContext, getCACertificates, rootCertificates } from "node:tls";
import type { Dispatcher } from "undici";
import { failure } from "../words/error.ts";
import { bare, isLoopback } from "./address.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Which IP addresses may be connected to. */
export type MayReach = (address: string) => boolean;

export interface ConnectionOptions {
  /** Whose proxy is used: HTTPS_PROXY, ALL_PROXY, NO_PROXY. */
  readonly environment: Environment;
  /**
   * Asked of every address before it is connected to, names resolved; then no proxy is used, which would resolve names
   * out of our sight. Left out: everything may be reached, for a user's own hooks are often inside their network.
   */
  readonly mayReach?: MayReach | undefined;
  /** Whether errors tell what a receiver answers. Left out: where everything may be reached. */
  readonly repeatsAnswers?: boolean | undefined;
  /** PEM text of an authority to trust besides the machine's. */
  readonly ca?: string | undefined;
}

/** Who may not name any address must not read, either, what one of them answers. */
export function mayRepeatAnswers({ mayReach, repeatsAnswers }: ConnectionOptions): boolean {
  return repeatsAnswers ?? mayReach === undefined;
}

/** Node's roots, with NODE_EXTRA_CA_CERTS, and the system's, where a company's own authority is. */
export function trustedRoots(ca: string | undefined): string[] {
  const machine = [...getCACertificates("default"), ...getCACertificates("system")];
  return [...new Set([...(machine.length > 0 ? machine : rootCertificates), ...(ca === undefined ? [] : [ca])])];
}

/**
 * A connection to one host, for one message. undici is loaded when it is needed: most runs have nothing to say.
 * @throws NOTIFY_INTERNAL, PROXY_INVALID
 */
export async function connectionTo(url: URL, options: ConnectionOptions, milliseconds: number): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const { environment, mayReach, ca } = options;
  const limits = { allowH2: false, headersTimeout: milliseconds, bodyTimeout: milliseconds };
  const tls = url.protocol === "https:" ? { secureContext: createSecureContext({ ca: trustedRoots(ca) }) } : {};
  if (mayReach !== undefined) {
    const host = bare(url.hostname);
    if (isIP(host) !== 0 && !mayReach(host)) throw failure("NOTIFY_INTERNAL", { host: url.host });
    return new Agent({ ...limits, connect: { ...tls, timeout: milliseconds, lookup: guardedLookup(url, mayReach) } });
  }
  if (isLoopback(url)) return new Agent({ ...limits, connect: { ...tls, timeout: milliseconds } });
  return new EnvHttpProxyAgent({
    ...limits,
    ...proxySettings(environment),
    connect: { ...tls, timeout: milliseconds },
    requestTls: tls,
    proxyTls: tls,
  });
}

/** Looks a name up, and refuses it where any of its addresses may not be reached: the name's owner chose them all. */
function guardedLookup(url: URL, mayReach: MayReach): LookupFunction {
  return (hostname, options, tell) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return tell(error, []);
      const isRefused = addresses.some(({ address }) => !mayReach(address));
      if (isRefused) return tell(failure("NOTIFY_INTERNAL", { host: url.host }), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return tell(null, addresses);
      tell(null, first.address, first.family);
    });
  };
}

/** undici looks at no variable by itself then. Never quotes a value, which may hold a password. */
function proxySettings(environment: Environment) {
  const names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
  const name = names.find((one) => (environment[one] ?? "") !== "");
  const noProxy = environment.NO_PROXY || environment.no_proxy || "";
  if (name === undefined) return { httpProxy: "", httpsProxy: "", noProxy };
  const value = environment[name] ?? "";
  const proxy = URL.parse(value.includes("://") ? value : `http://${value}`);
  if (proxy === null) throw failure("PROXY_INVALID", { name, reason: "it is not a URL" });
  if (proxy.protocol !== "http:" && proxy.protocol !== "https:") {
    throw failure("PROXY_INVALID", { name, reason: `${proxy.protocol}// is not a kind of proxy that Slipway speaks` });
  }
  return { httpProxy: "", httpsProxy: proxy.href, noProxy };
}
