import { fitted } from "../cut.ts";
import { codeIn, type Hook, JSON_HEADERS } from "../hook.ts";
import { type Message, markedTitle, type State, textLines } from "../message.ts";
import { feishuSign } from "../sign.ts";

/** 20 KB for the whole body; the rest is for the signature. */
const MOST_BYTES = 20_000 - 200;

const COLOURS: Readonly<Record<State, string>> = {
  failed: "red",
  interrupted: "red",
  partial: "orange",
  recovered: "green",
  released: "green",
  succeeded: "green",
  test: "blue",
};

/**
 * A card by a custom bot of Feishu (Lark). All of it is plain text, in which nobody can be mentioned.
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const feishu: Hook = {
  paces: [
    { count: 5, milliseconds: 1000 },
    { count: 100, milliseconds: 60_000 },
  ],
  payload: (message) =>
    fitted(textLines(message).join("\n"), {
      make: (text) => card(message, text),
      size: (made) => Buffer.byteLength(JSON.stringify(made)),
      most: MOST_BYTES,
      mark: message.cutMark,
    }),
  request: ({ secret }, url, _message, payload, time) => {
    const seconds = Math.floor(time / 1000);
    const signed =
      secret === undefined ? payload : { timestamp: String(seconds), sign: feishuSign(seconds, secret), ...payload };
    return { url, headers: JSON_HEADERS, body: JSON.stringify(signed) };
  },
  // 11232: too many at once, most of all at full and half hours
  refusalIn: (answer) => codeIn(answer, "code", "msg", { 11232: "busy" }),
};

function card(message: Message, text: string): object {
  const buttons = message.links.map((link) => ({
    tag: "button",
    text: { tag: "plain_text", content: link.text },
    type: "default",
    url: link.url,
  }));
  return {
    msg_type: "interactive",
    card: {
      config: { wide_screen_mode: true },
      header: { title: { tag: "plain_text", content: markedTitle(message) }, template: COLOURS[message.state] },
      elements: [
        ...(text === "" ? [] : [{ tag: "div", text: { tag: "plain_text", content: text } }]),
        ...(buttons.length === 0 ? [] : [{ tag: "action", actions: buttons }]),
      ],
    },
  };
}
