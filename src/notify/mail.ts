import { lookup } from "node:dns/promises";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import { failure, SlipwayError } from "../words/error.ts";
import { type MailServer, parseSmtpUrl } from "./address.ts";
import type { MailChannel } from "./channel.ts";
import { type ConnectionOptions, mayRepeatAnswers, trustedRoots } from "./connections.ts";
import { type Message, markedTitle, textLines } from "./message.ts";
import { redacted } from "./redact.ts";
import { type Attempt, type Repetition, repeating } from "./repeating.ts";

export interface MailOptions extends ConnectionOptions, Repetition {
  readonly milliseconds: number;
}

/** What a mail says, as plain text. */
export function mailOf({ from, to }: MailChannel, message: Message) {
  const links = message.links.map(({ text, url }) => `${text}: ${url}`);
  return {
    from,
    to: [...to],
    subject: markedTitle(message),
    text: `${[message.title, "", ...textLines(message), ...(links.length > 0 ? ["", ...links] : [])].join("\n")}\n`,
    date: message.time,
    // The same for every try: a reader that gets both shows one.
    messageId: `<${message.id}@slipway.invalid>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/**
 * Hands a mail in, and again where the server or the network says that it may go better: the last try.
 * @throws NOTIFY_ADDRESS_*, the signal's reason
 */
export async function deliverMail(channel: MailChannel, message: Message, options: MailOptions): Promise<Attempt> {
  const server = parseSmtpUrl(channel.smtp, channel.name);
  const { default: nodemailer } = await import("nodemailer");
  return await repeating(async (): Promise<Attempt> => {
    try {
      const transport = nodemailer.createTransport(await transportOptions(server, options));
      try {
        await transport.sendMail(mailOf(channel, message));
      } finally {
        transport.close();
      }
      return { ok: true };
    } catch (thrown) {
      return { ok: false, error: mailFailure(thrown, channel, server, mayRepeatAnswers(options)) };
    }
  }, options);
}

/**
 * How the server is spoken to. https://nodemailer.com/smtp
 * @throws NOTIFY_INTERNAL
 */
export async function transportOptions(server: MailServer, options: MailOptions): Promise<SMTPTransport.Options> {
  const { host, port, security, login } = server;
  const { milliseconds, mayReach, ca } = options;
  const address = mayReach === undefined ? host : await permitted(server, mayReach);
  return {
    host: address,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "plain",
    ...(login !== undefined && { auth: login }),
    ...(security !== "plain" && { tls: { ca: trustedRoots(ca), servername: host } }),
    dnsTimeout: milliseconds,
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The address that is connected to is the one that was judged: a name may change its mind in between. */
async function permitted({ host, port }: MailServer, mayReach: (address: string) => boolean): Promise<string> {
  const addresses = await lookup(host, { all: true });
  const [first] = addresses;
  if (first === undefined || addresses.some(({ address }) => !mayReach(address))) {
    throw failure("NOTIFY_INTERNAL", { host: `${host}:${port}` });
  }
  return first.address;
}

/** What nodemailer throws: `responseCode` of the server's answer. https://nodemailer.com/errors */
function mailFailure(
  thrown: unknown,
  channel: MailChannel,
  { host, port }: MailServer,
  mayRepeat: boolean,
): SlipwayError {
  if (thrown instanceof SlipwayError) return thrown;
  const facts = { name: channel.name, host: `${host}:${port}` };
  const status = numberIn(thrown, "responseCode");
  // A greeting that is none is in the message, too.
  const words = mayRepeat ? redacted(thrown instanceof Error ? thrown.message : String(thrown), channel) : "";
  if (status === undefined) {
    const reason = words || `the connection failed (${valueIn(thrown, "code") ?? "no code"})`;
    return failure("NOTIFY_UNREACHABLE", { ...facts, reason }, { retryable: true });
  }
  const answer = words === "" ? `SMTP ${status}` : `SMTP ${status}: ${words}`;
  // 4yz may go better later. https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1
  if (status < 500) return failure("NOTIFY_BUSY", { ...facts, answer }, { retryable: true });
  return failure("NOTIFY_REFUSED", { ...facts, answer });
}

function numberIn(thrown: unknown, key: string): number | undefined {
  const value = valueIn(thrown, key);
  return typeof value === "number" ? value : undefined;
}

function valueIn(thrown: unknown, key: string): unknown {
  return typeof thrown === "object" && thrown !== null ? Reflect.get(thrown, key) : undefined;
}
