import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import { parseHookUrl } from "./address.ts";
import type { HookChannel } from "./channel.ts";
import { mayRepeatAnswers } from "./connections.ts";
import type { Answer, Refusal } from "./hook.ts";
import { hookOf } from "./hooks.ts";
import type { Message } from "./message.ts";
import type { Pacer } from "./pacer.ts";
import { type PostOptions, post } from "./post.ts";
import { redacted } from "./redact.ts";
import { type Attempt, type Repetition, repeating } from "./repeating.ts";

export interface DeliveryOptions extends PostOptions, Repetition {
  readonly pacer: Pacer;
}

/**
 * Posts a message to a hook until it is taken, refused for good, or has been tried often enough: the last try.
 * @throws NOTIFY_ADDRESS_*, the signal's reason
 */
export async function deliver(channel: HookChannel, message: Message, options: DeliveryOptions): Promise<Attempt> {
  const hook = hookOf(channel.kind);
  const url = parseHookUrl(channel.url, channel.name);
  const payload = hook.payload(message);
  return await repeating(async (): Promise<Attempt> => {
    await options.pacer.turn(url.href, hook.paces, options.signal);
    try {
      const answer = await post(hook.request(channel, url, message, payload, Date.now()), channel.name, options);
      const error = failureIn(answer, channel, url.host, hook.refusalIn, mayRepeatAnswers(options));
      return error === undefined ? { ok: true } : { ok: false, error, retryAfter: answer.retryAfter };
    } catch (thrown) {
      return { ok: false, error: asFailure(thrown) };
    }
  }, options);
}

function failureIn(
  answer: Answer,
  channel: HookChannel,
  host: string,
  refusalIn: (answer: Answer) => Refusal | undefined,
  mayRepeat: boolean,
): SlipwayError | undefined {
  const { status, retryAfter } = answer;
  const facts = { name: channel.name, host };
  if (status >= 300 && status < 400) return failure("NOTIFY_REDIRECTED", { ...facts, status });
  // Without a time, trying again soon would be another message too many.
  if (status === 429) {
    return failure("NOTIFY_LIMITED", { ...facts, answer: "HTTP 429" }, { retryable: retryAfter !== undefined });
  }
  if (status >= 500) return failure("NOTIFY_BUSY", { ...facts, answer: `HTTP ${status}` }, { retryable: true });
  const refusal = refusalIn(answer);
  if (refusal === undefined) return undefined;
  const words = mayRepeat ? redacted(refusal.words, channel) : "";
  const told = words === "" ? refusal.code : `${refusal.code}: ${words}`;
  switch (refusal.kind) {
    case "busy":
      return failure("NOTIFY_BUSY", { ...facts, answer: told }, { retryable: true });
    case "limited":
      return failure("NOTIFY_LIMITED", { ...facts, answer: told });
    case "refused":
      return failure("NOTIFY_REFUSED", { ...facts, answer: told });
  }
}
