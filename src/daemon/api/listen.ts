import { failure } from "../../words/error.ts";

/** Where a server listens. */
export interface Listen {
  /** `127.0.0.1`, `::1`, `0.0.0.0`, a name. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/** Loopback alone: nobody else reaches a daemon that nobody has set up for that. */
export const DEFAULT_LISTEN = "127.0.0.1:4700";

/** Reads `HOST:PORT`, an IPv6 address in brackets. @throws API_LISTEN_INVALID */
export function parseListen(text: string): Listen {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^[\]:/\s]+)):(\d{1,5})$/.exec(text);
  const [, six, name, port] = found ?? [];
  const host = six ?? name;
  if (host === undefined || Number(port) > 65535) throw failure("API_LISTEN_INVALID", { text: text.slice(0, 100) });
  return { host, port: Number(port) };
}

/** `127.0.0.1:4700`, `[::1]:4700`: as it stands in addresses and in `Host`. */
export function formatListen({ host, port }: Listen): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
