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

const TOKEN = "canary-wecom-8c9d0e1f";
const MOST_BYTES = 4096;
const MOST_A_MINUTE = 20;

/**
 * WeCom's message push (group robot). It answers 200 whatever it thinks of a message; only `errcode` tells.
 * https://developer.work.weixin.qq.com/document/path/99110
 */
export function startWecom({ tls }: ReceiverOptions = {}): Promise<Receiver> {
  let count = 0;
  return startReceiver({
    address: `/cgi-bin/webhook/send?key=${TOKEN}`,
    token: TOKEN,
    secret: undefined,
    tls,
    judge: (asked) => {
      count += 1;
      return count > MOST_A_MINUTE ? refuse(45009, "api freq out of limit") : judge(asked);
    },
  });
}

function judge({ method, path, body }: Asked): Reply {
  if (method !== "POST" || path.pathname !== "/cgi-bin/webhook/send") return refuse(-1, "system error");
  // It repeats the key, as a careless receiver would.
  if (path.searchParams.get("key") !== TOKEN) return refuse(93000, `invalid webhook url, key ${path.search}`);
  const message = objectIn(body);
  if (message === undefined) return refuse(40008, "invalid message type");
  if (message.msgtype !== "markdown") return refuse(40008, "invalid message type");
  const content = fieldsOf(message.markdown)?.content;
  if (!isText(content)) return refuse(44004, "empty content");
  if (Buffer.byteLength(content) > MOST_BYTES) return refuse(40058, "markdown.content exceed max length 4096");
  return json(true, { errcode: 0, errmsg: "ok" });
}

function refuse(errcode: number, errmsg: string): Reply {
  return json(false, { errcode, errmsg });
}
