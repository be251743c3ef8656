import {
  type Asked,
  fieldsOf,
  isText,
  objectIn,
  type Receiver,
  type ReceiverOptions,
  type Reply,
  startReceiver,
} from "./receiver.ts";

const TOKEN = "canary-slack-2a3b4c5d";
const ADDRESS = `/services/T00000000/B00000000/${TOKEN}`;

/**
 * An incoming webhook of Slack: `ok`, or the name of an error in plain text.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 * https://docs.slack.dev/reference/block-kit/blocks
 */
export function startSlack({ tls }: ReceiverOptions = {}): Promise<Receiver> {
  return startReceiver({ address: ADDRESS, token: TOKEN, secret: undefined, tls, judge });
}

function judge({ method, path, body }: Asked): Reply {
  if (method !== "POST" || path.pathname !== ADDRESS) return plain(404, "no_service");
  const message = objectIn(body);
  if (message === undefined) return plain(400, "invalid_payload");
  const blocks: unknown = message.blocks;
  if (!isText(message.text) && blocks === undefined) return plain(400, "no_text");
  const isRight = blocks === undefined || (Array.isArray(blocks) && blocks.length <= 50 && blocks.every(isBlock));
  return isRight ? plain(200, "ok") : plain(400, "invalid_blocks");
}

function plain(status: number, body: string): Reply {
  return { status, headers: { "content-type": "text/html" }, body, isTaken: status === 200 };
}

function isBlock(value: unknown): boolean {
  const block = fieldsOf(value);
  if (block?.type === "header") return isShort(block.text, 150, ["plain_text"]);
  if (block?.type !== "section") return false;
  const fields: unknown = block.fields;
  if (fields === undefined) return isShort(block.text, 3000, ["plain_text", "mrkdwn"]);
  if (!Array.isArray(fields) || fields.length === 0 || fields.length > 10) return false;
  return fields.every((field) => isShort(field, 2000, ["plain_text", "mrkdwn"]));
}

function isShort(value: unknown, most: number, types: readonly string[]): boolean {
  const text = fieldsOf(value);
  return types.includes(String(text?.type)) && isText(text?.text) && text.text.length <= most;
}
