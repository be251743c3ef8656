import { parseHookUrl, parseSmtpUrl } from "./address.ts";
import type { Channel } from "./channel.ts";
import { hookOf } from "./hooks.ts";
import { mailOf } from "./mail.ts";
import type { Message } from "./message.ts";

/** What would be sent. Neither the address beyond its host nor a signature is in it. */
export interface Preview {
  readonly host: string;
  /** Whether it would be signed; mail never is. */
  readonly signed: boolean;
  readonly payload: object;
}

/** @throws NOTIFY_ADDRESS_MISSING, NOTIFY_ADDRESS_INVALID */
export function preview(channel: Channel, message: Message): Preview {
  if (channel.kind === "email") {
    const { host, port } = parseSmtpUrl(channel.smtp, channel.name);
    const { from, to, subject, text } = mailOf(channel, message);
    return { host: `${host}:${port}`, signed: false, payload: { from, to, subject, text } };
  }
  const { host } = parseHookUrl(channel.url, channel.name);
  return { host, signed: channel.secret !== undefined, payload: hookOf(channel.kind).payload(message) };
}
