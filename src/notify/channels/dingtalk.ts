import { fitted } from "../cut.ts";
import { errcodeIn, type Hook, JSON_HEADERS } from "../hook.ts";
import { type Message, markedTitle, textLines } from "../message.ts";
import { markdownLink, plainMarkdown } from "../plain-markdown.ts";
import { dingtalkSign } from "../sign.ts";

/** More is refused with 460101. */
const MOST_BYTES = 20_000;

/**
 * Markdown by a custom robot of DingTalk.
 * https://open.dingtalk.com/document/robots/custom-robot-access
 * https://open.dingtalk.com/document/development/robot-message-type
 */
export const dingtalk: Hook = {
  // One more, and the robot is silent for ten minutes.
  paces: [{ count: 20, milliseconds: 60_000 }],
  payload: (message) =>
    fitted(textLines(message).map(plainMarkdown).join("\n\n"), {
      make: (text) => markdown(message, text),
      size: (made) => Buffer.byteLength(JSON.stringify(made)),
      most: MOST_BYTES,
      mark: message.cutMark,
    }),
  request: ({ secret }, url, _message, payload, time) => {
    const signed = new URL(url);
    if (secret !== undefined) {
      signed.searchParams.set("timestamp", String(time));
      signed.searchParams.set("sign", dingtalkSign(time, secret));
    }
    return { url: signed, headers: JSON_HEADERS, body: JSON.stringify(payload) };
  },
  // -1: the system is busy; the others: too many messages
  refusalIn: (answer) => errcodeIn(answer, { "-1": "busy", 410100: "limited", 130101: "limited" }),
};

function markdown(message: Message, text: string): object {
  const title = plainMarkdown(markedTitle(message));
  const links = message.links.map(({ text: shown, url }) => markdownLink(shown, url));
  // A single line break is none in DingTalk's Markdown.
  const whole = [`### ${title}`, text, ...links].filter((part) => part !== "").join("\n\n");
  return { msgtype: "markdown", markdown: { title, text: whole } };
}
