import type { Delivery } from "../../notify/index.ts";
import type { Words } from "../../words/words.ts";
import { type FailureJson, failureJson } from "../output/failure.ts";

/** What became of a message at one channel, for programs. */
export interface NotificationJson {
  readonly channel: Delivery["channel"];
  readonly name: string;
  readonly ok: boolean;
  readonly error?: FailureJson;
}

/** The field of a report; none where nobody was to be told. */
export function notificationsJson(
  notified: readonly Delivery[] = [],
  words: Words,
): { readonly notifications?: readonly NotificationJson[] } {
  if (notified.length === 0) return {};
  return {
    notifications: notified.map((delivery) => {
      const { channel, name, ok } = delivery;
      return { channel, name, ok, ...(!delivery.ok && { error: failureJson(delivery.error, words) }) };
    }),
  };
}
