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

const TOKEN = "canary-dingtalk-4e5f6a7b";
const HOUR_MILLISECONDS = 3_600_000;
const MOST_BYTES = 20_000;
const MOST_A_MINUTE = 20;

/**
 * A custom robot of DingTalk. It answers 200 whatever it thinks of a message; only `errcode` tells.
 * https://open.dingtalk.com/document/robots/custom-robot-access
 * https://open.dingtalk.com/document/robots/customize-robot-security-settings
 */
export function startDingtalk({ secret, tls }: ReceiverOptions = {}): Promise<Receiver> {
  let count = 0;
  return startReceiver({
    address: `/robot/send?access_token=${TOKEN}`,
    token: TOKEN,
    secret,
    tls,
    judge: (asked) => {
      count += 1;
      return count > MOST_A_MINUTE ? refuse(410100, "send too fast, exceed 20 times per minute") : judge(asked, secret);
    },
  });
}

function judge({ method, path, headers, body }: Asked, secret: string | undefined): Reply {
  const query = path.searchParams;
  if (method !== "POST" || path.pathname !== "/robot/send") return refuse(404, "not found");
  if (query.get("access_token") !== TOKEN) return refuse(300001, "token is not exist");
  if (secret !== undefined) {
    const timestamp = query.get("timestamp") ?? "";
    if (Math.abs(Date.now() - Number(timestamp)) > HOUR_MILLISECONDS) return refuse(310000, "invalid timestamp");
    const sign = createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64");
    if (query.get("sign") !== sign) return refuse(310000, "sign not match");
  }
  const message = objectIn(body);
  const isUtf8 = /^application\/json; ?charset=utf-8$/i.test(headers["content-type"] ?? "");
  if (!isUtf8 || message === undefined) return refuse(40035, "invalid parameter");
  if (Buffer.byteLength(body) > MOST_BYTES) return refuse(460101, "message too long, exceed 20000 bytes");
  const markdown = fieldsOf(message.markdown);
  if (message.msgtype !== "markdown") return refuse(400105, "unsupported msgtype");
  if (!isText(markdown?.title) || !isText(markdown.text)) return refuse(400106, "missing parameter");
  return json(true, { errcode: 0, errmsg: "ok" });
}

function refuse(errcode: number, errmsg: string): Reply {
  return json(false, { errcode, errmsg });
}
