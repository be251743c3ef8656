import type { HookChannel } from "./channel.ts";
import type { Message } from "./message.ts";

/** What is posted. */
export interface Outgoing {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** The beginning of the body. */
  readonly text: string;
  /** What Retry-After asks for, in milliseconds. */
  readonly retryAfter?: number;
}

/** `busy` may go better soon; after `limited`, asking again soon makes it worse. */
export interface Refusal {
  readonly kind: "refused" | "limited" | "busy";
  /** The receiver's own code. */
  readonly code: string;
  /** The receiver's own words. */
  readonly words: string;
}

/** What is peculiar to one kind of hook. */
export interface Hook {
  /** How many messages an address takes; all of these hold. */
  readonly paces: readonly Pace[];
  /** What is sent, within the receiver's limits, not yet signed. */
  payload(message: Message): object;
  /** @param time of this try, in milliseconds since 1970 */
  request(channel: HookChannel, url: URL, message: Message, payload: object, time: number): Outgoing;
  /** What an answer means; undefined: it was taken. Redirects, 429 and 5xx are dealt with before. */
  refusalIn(answer: Answer): Refusal | undefined;
}

/** No more than `count` in any `milliseconds`. */
export interface Pace {
  readonly count: number;
  readonly milliseconds: number;
}

export const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" } as const;

/** What a receiver said in JSON; undefined where it was no object. */
export function jsonIn({ text }: Answer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the form that DingTalk and WeCom share: `{ errcode, errmsg }`, where 0 alone is good. */
export function errcodeIn(answer: Answer, kinds: Readonly<Record<string, "limited" | "busy">>): Refusal | undefined {
  return codeIn(answer, "errcode", "errmsg", kinds);
}

/** An answer whose code is not 0, or that has none, is a refusal whatever its HTTP status. */
export function codeIn(
  answer: Answer,
  code: string,
  words: string,
  kinds: Readonly<Record<string, "limited" | "busy">>,
): Refusal | undefined {
  const said = jsonIn(answer);
  const number = said?.[code];
  if (number === 0) return undefined;
  if (typeof number !== "number")
    return { kind: "refused", code: `HTTP ${answer.status}`, words: `no ${code} in the answer` };
  return { kind: kinds[number] ?? "refused", code: `${code} ${number}`, words: String(said?.[words] ?? "") };
}
