import { fitted } from "../cut.ts";
import { type Hook, JSON_HEADERS } from "../hook.ts";
import { webhookSignature } from "../sign.ts";

/** What the specification advises. */
const MOST_BYTES = 20_000;

/**
 * JSON for a program, by Standard Webhooks: `type`, `timestamp`, `data`; the id stays the same from try to try, the
 * time and the signature are those of the try.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const webhook: Hook = {
  paces: [{ count: 60, milliseconds: 60_000 }],
  payload: ({ type, time, state, title, facts, lines, links, data, cutMark }) =>
    fitted(lines.join("\n"), {
      make: (text) => ({
        type,
        timestamp: time.toISOString(),
        data: { ...data, state, title, facts, lines: text === "" ? [] : text.split("\n"), links },
      }),
      size: (made) => Buffer.byteLength(JSON.stringify(made)),
      most: MOST_BYTES,
      mark: cutMark,
    }),
  request: ({ secret }, url, { id }, payload, time) => {
    const body = JSON.stringify(payload);
    const seconds = Math.floor(time / 1000);
    const signature = secret === undefined ? undefined : webhookSignature(id, seconds, body, secret);
    return {
      url,
      headers: {
        ...JSON_HEADERS,
        "webhook-id": id,
        "webhook-timestamp": String(seconds),
        ...(signature !== undefined && { "webhook-signature": signature }),
      },
      body,
    };
  },
  // What a program answers is its own affair: it may repeat what it was sent.
  refusalIn: ({ status }) =>
    status >= 200 && status < 300 ? undefined : { kind: "refused", code: `HTTP ${status}`, words: "" },
};
