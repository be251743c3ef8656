import type { NotifyChannel } from "../../config/slipway/notify.ts";
import { type Message, type Occasion, wants } from "../../notify/index.ts";
import type { Instant } from "../../store/records.ts";
import type { NewMessage } from "../../store/store.ts";
import { type Language, type Words, wordsOf } from "../../words/words.ts";
import { storedMessage } from "../outbox/index.ts";

/**
 * A message for each of the channels that want to hear of it, in its own language.
 * @param occasions a channel has to want one of each of these lists
 * @param language of channels that name none
 */
export function addressed(
  say: (words: Words) => Message,
  occasions: readonly (readonly Occasion[])[],
  {
    channels,
    language,
    now,
  }: { readonly channels: readonly NotifyChannel[]; readonly language: Language; readonly now: Instant },
): readonly NewMessage[] {
  return channels
    .filter((channel) => occasions.every((some) => wants(channel, some)))
    .map((channel) => {
      const message = say(wordsOf(channel.lang ?? language));
      return { id: message.id, channel: channel.name, message: storedMessage(message), createdAt: now, nextAt: now };
    });
}
