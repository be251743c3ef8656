import { BlockList, isIP } from "node:net";
import { failure } from "../words/error.ts";

/**
 * Reads the address of a channel. None of it but the host is ever shown: the rest is a secret.
 * @param name the channel's, for errors
 * @throws NOTIFY_ADDRESS_MISSING, NOTIFY_ADDRESS_INVALID
 */
export function parseHookUrl(text: string, name: string): URL {
  const url = parse(text, name);
  if (url.protocol === "http:" && isLoopback(url)) return withoutLogin(url, name);
  if (url.protocol === "https:") return withoutLogin(url, name);
  const reason = url.protocol === "http:" ? "it is plain HTTP, over which it can be read" : "it is no HTTPS address";
  throw failure("NOTIFY_ADDRESS_INVALID", { name, reason });
}

/** Where mail is handed in, and with which login. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` before anything else, `plain` for this machine alone. */
  readonly security: "tls" | "starttls" | "plain";
  readonly login?: { readonly user: string; readonly pass: string };
}

/**
 * Reads `smtps://USER:PASSWORD@HOST[:465]` or `smtp://…[:587]`. Beyond this machine the latter means STARTTLS.
 * https://www.rfc-editor.org/rfc/rfc8314#section-3.3
 * @throws NOTIFY_ADDRESS_MISSING, NOTIFY_ADDRESS_INVALID
 */
export function parseSmtpUrl(text: string, name: string): MailServer {
  const url = parse(text, name);
  const { protocol, hostname, port, username, password } = url;
  if ((protocol !== "smtp:" && protocol !== "smtps:") || hostname === "") {
    throw failure("NOTIFY_ADDRESS_INVALID", { name, reason: "expected smtp:// or smtps:// and a host" });
  }
  const security = protocol === "smtps:" ? "tls" : isLoopback(url) ? "plain" : "starttls";
  return {
    host: bare(hostname),
    port: port === "" ? (security === "tls" ? 465 : 587) : Number(port),
    security,
    ...(username !== "" && { login: { user: decoded(username, name), pass: decoded(password, name) } }),
  };
}

/** Whether an address leads to this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  const host = bare(hostname);
  if (host === "localhost") return true;
  return isIP(host) !== 0 && LOOPBACK.check(host, isIP(host) === 4 ? "ipv4" : "ipv6");
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");

/** Without the brackets of IPv6. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function parse(text: string, name: string): URL {
  if (text === "") throw failure("NOTIFY_ADDRESS_MISSING", { name });
  const url = URL.parse(text);
  if (url === null) throw failure("NOTIFY_ADDRESS_INVALID", { name, reason: "it is not a URL" });
  return url;
}

function withoutLogin(url: URL, name: string): URL {
  if (url.username === "" && url.password === "") return url;
  throw failure("NOTIFY_ADDRESS_INVALID", { name, reason: "it holds a user name, which is never sent" });
}

function decoded(text: string, name: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw failure("NOTIFY_ADDRESS_INVALID", { name, reason: "its login is not percent-encoded" });
  }
}
