import { createHmac } from "node:crypto";
import {
  type Asked,
  fieldsOf,
  isText,
  json,
  objectIn,
  type Receiver,
  type ReceiverOptions,
  type Reply,
  startReceiver,
} from "./receiver.ts";

const TOKEN = "canary-feishu-0a1b2c3d";
const HOUR_SECONDS = 3600;
const MOST_BYTES = 20 * 1024;
const BAD_REQUEST = { code: 9499, msg: "Bad Request", data: {} };

/**
 * A custom bot of Feishu. It answers 200 whatever it thinks of a message; only `code` tells.
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export function startFeishu({ secret, tls }: ReceiverOptions = {}): Promise<Receiver> {
  const address = `/open-apis/bot/v2/hook/${TOKEN}`;
  return startReceiver({ address, token: TOKEN, secret, tls, judge: (asked) => judge(asked, address, secret) });
}

function judge({ method, path, headers, body }: Asked, address: string, secret: string | undefined): Reply {
  if (method !== "POST" || path.pathname !== address) {
    return json(false, { code: 19001, msg: "param invalid: incoming webhook access token invalid", data: {} });
  }
  const message = objectIn(body);
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  if (!isJson || message === undefined || Buffer.byteLength(body) > MOST_BYTES) return json(false, BAD_REQUEST);
  if (secret !== undefined && !isSigned(message, secret)) {
    const msg = "sign match fail or timestamp is not within one hour from current time";
    return json(false, { code: 19021, msg, data: {} });
  }
  if (message.msg_type !== "interactive" || !isCard(fieldsOf(message.card))) return json(false, BAD_REQUEST);
  return json(true, { StatusCode: 0, StatusMessage: "success", code: 0, data: {}, msg: "success" });
}

function isSigned({ timestamp, sign }: Readonly<Record<string, unknown>>, secret: string): boolean {
  if (typeof timestamp !== "string" || Math.abs(Date.now() / 1000 - Number(timestamp)) > HOUR_SECONDS) return false;
  return sign === createHmac("sha256", `${timestamp}\n${secret}`).update(Buffer.alloc(0)).digest("base64");
}

/** https://open.feishu.cn/document/common-capabilities/message-card/message-cards-content */
function isCard(card: Readonly<Record<string, unknown>> | undefined): boolean {
  const title = fieldsOf(fieldsOf(card?.header)?.title);
  const elements: unknown = card?.elements;
  if (title?.tag !== "plain_text" || !isText(title.content) || !Array.isArray(elements)) return false;
  return elements.every((element) => isElement(fieldsOf(element)));
}

function isElement(element: Readonly<Record<string, unknown>> | undefined): boolean {
  if (element?.tag === "div") {
    const text = fieldsOf(element.text);
    return (text?.tag === "plain_text" || text?.tag === "lark_md") && isText(text.content);
  }
  const actions: unknown = element?.actions;
  if (element?.tag !== "action" || !Array.isArray(actions)) return false;
  return actions.map(fieldsOf).every((action) => {
    return action?.tag === "button" && isText(fieldsOf(action.text)?.content) && URL.canParse(String(action.url));
  });
}
