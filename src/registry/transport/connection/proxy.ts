import { BlockList, isIP } from "node:net";
import { failure } from "../../../words/error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for requests to `url`: `option` (`HostOptions.proxy`) where it is given, "none" meaning none; else what the
 * environment says by the rules of Go's programs: `HTTPS_PROXY` or `HTTP_PROXY` by scheme, then `ALL_PROXY`, each in
 * upper or lower case, unless `NO_PROXY` has the host. This machine itself is never asked for through the environment's.
 * https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 * @throws PROXY_INVALID
 */
export function proxyFor(url: URL, env: Environment, option?: string): URL | undefined {
  if (option !== undefined) return option === "none" ? undefined : parseProxy("proxy", option);
  const host = bareHost(url);
  if (isLoopbackHost(host) || isExcluded(host, portOf(url), firstSet(env, ["NO_PROXY"])?.value ?? "")) return undefined;
  const found = firstSet(env, [url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY"]);
  return found === undefined ? undefined : parseProxy(found.name, found.value);
}

/** The host of a URL as sockets want it: an IPv6 address without its brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Whether a host (without port) is this very machine: localhost, 127.0.0.0/8, ::1. */
export function isLoopbackHost(host: string): boolean {
  if (host === "localhost") return true;
  return isIP(host) !== 0 && LOOPBACK.check(host, familyOf(host));
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");

function firstSet(env: Environment, names: readonly string[]) {
  return names
    .flatMap((name) => [name, name.toLowerCase()])
    .map((name) => ({ name, value: env[name] ?? "" }))
    .find(({ value }) => value !== "");
}

/** Never quotes the value, which may hold a password. */
function parseProxy(name: string, value: string): URL {
  const text = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(text)) throw failure("PROXY_INVALID", { name, reason: "it is not a URL" });
  const url = new URL(text);
  if (url.protocol === "http:" || url.protocol === "https:") return url;
  throw failure("PROXY_INVALID", { name, reason: `${url.protocol}// is not a kind of proxy that Slipway speaks` });
}

/** Whether a `NO_PROXY` list has the host. Its entries: `*`, a domain, `.domain`, `*.domain`, an IP, a CIDR; a port after any but the last. */
function isExcluded(host: string, port: string, list: string): boolean {
  return list
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== "" && (entry === "*" || isInNetwork(host, entry) || isNamed(host, port, entry)));
}

function isInNetwork(host: string, entry: string): boolean {
  const [network = "", prefix = "", ...more] = entry.split("/");
  const bits = Number(prefix);
  if (isIP(host) === 0 || isIP(network) === 0 || more.length > 0 || !/^\d+$/.test(prefix)) return false;
  if (bits > (isIP(network) === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, familyOf(network));
  return list.check(host, familyOf(host));
}

function isNamed(host: string, port: string, entry: string): boolean {
  const { name, port: wanted } = splitPort(entry);
  if (name === "" || (wanted !== undefined && wanted !== port)) return false;
  if (isIP(name) !== 0) return isInNetwork(host, `${name}/${isIP(name) === 4 ? 32 : 128}`);
  const domain = name.replace(/^\*(?=\.)/, "");
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function splitPort(entry: string): { readonly name: string; readonly port?: string } {
  if (isIP(entry) !== 0) return { name: entry };
  const [, name = entry, port] = /^(.*):(\d+)$/.exec(entry) ?? [];
  const bare = name.replace(/^\[(.*)\]$/, "$1");
  return port === undefined ? { name: bare } : { name: bare, port };
}

function portOf(url: URL): string {
  return url.port || (url.protocol === "https:" ? "443" : "80");
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
