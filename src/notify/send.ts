import { asFailure, type SlipwayError } from "../words/error.ts";
import type { Language } from "../words/words.ts";
import type { Channel } from "./channel.ts";
import type { ConnectionOptions } from "./connections.ts";
import { deliver } from "./deliver.ts";
import { deliverMail } from "./mail.ts";
import type { Message } from "./message.ts";
import { createPacer, type Pacer } from "./pacer.ts";

/** What became of a message at one channel. */
export type Delivery = { readonly channel: Channel["kind"]; readonly name: string } & (
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly error: SlipwayError;
      /** Milliseconds that the receiver wants to be left alone for. */
      readonly retryAfter?: number | undefined;
    }
);

export interface SendOptions extends ConnectionOptions {
  readonly userAgent: string;
  /** Default 3. */
  readonly tries?: number;
  /** For one try. Default 10 s. */
  readonly milliseconds?: number;
  /** Default 1 s. */
  readonly backOffMilliseconds?: number;
  /** Default: one of this call alone. */
  readonly pacer?: Pacer;
  readonly signal?: AbortSignal;
}

const LONGEST_WAIT_MILLISECONDS = 30_000;

/**
 * Sends a message to channels, side by side. A failure of one is its delivery's, and nobody else's.
 * @param say the message in a language
 * @param language of channels that name none
 */
export async function send(
  channels: readonly Channel[],
  say: (language: Language) => Message,
  language: Language,
  options: SendOptions,
): Promise<readonly Delivery[]> {
  const settings = {
    tries: 3,
    milliseconds: 10_000,
    backOffMilliseconds: 1000,
    longestMilliseconds: LONGEST_WAIT_MILLISECONDS,
    pacer: createPacer(),
    ...options,
  };
  return await Promise.all(
    channels.map(async (channel): Promise<Delivery> => {
      const { kind, name } = channel;
      try {
        const message = say(channel.lang ?? language);
        const last =
          channel.kind === "email"
            ? await deliverMail(channel, message, settings)
            : await deliver(channel, message, settings);
        return { channel: kind, name, ...last };
      } catch (thrown) {
        return { channel: kind, name, ok: false, error: asFailure(thrown) };
      }
    }),
  );
}
