import type { ServeSettings } from "../../../config/slipway/serve.ts";
import { formatListen, type Listen } from "../listen.ts";

/** What the daemon is called, for a request that came in at `arrived`. */
export interface OwnNames {
  readonly serve: Pick<ServeSettings, "url" | "hosts">;
  readonly listen: Listen;
  /** The address of this machine that the connection reached: `listen` may stand for all of them. */
  readonly arrived?: Listen;
}

/**
 * Whether `Host` names this daemon. A name that somebody else's DNS leads here is none: else any page could have the
 * reader's browser ask a daemon on loopback, as if it were that page's own server (DNS rebinding).
 */
export function isOwnHost(header: string | undefined, { serve, listen, arrived = listen }: OwnNames): boolean {
  const host = header?.toLowerCase();
  if (host === undefined || host === "") return false;
  const own = [listen, arrived, ...LOOPBACK.map((name) => ({ host: name, port: arrived.port }))].flatMap(spellings);
  if (own.includes(host)) return true;
  if (serve.url !== undefined && host === new URL(serve.url).host) return true;
  return serve.hosts.some((name) => isNamed(host, name.toLowerCase()));
}

const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

function spellings({ host, port }: Listen): readonly string[] {
  const written = formatListen({ host: plain(host), port }).toLowerCase();
  return port === 80 ? [written, written.replace(/:80$/, "")] : [written];
}

/** `::ffff:127.0.0.1` is IPv4, as a socket for both kinds has it. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, "");
}

/** With a port, a name of `serve.hosts` means that one; without, any. */
function isNamed(host: string, name: string): boolean {
  return host === name || host.replace(/:\d+$/, "") === name;
}
