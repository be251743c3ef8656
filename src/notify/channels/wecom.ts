import { fitted } from "../cut.ts";
import { errcodeIn, type Hook, JSON_HEADERS } from "../hook.ts";
import { type Message, markedTitle, textLines } from "../message.ts";
import { markdownLink, plainMarkdown } from "../plain-markdown.ts";

/** Of `content` in UTF-8; more is refused with 40058. */
const MOST_BYTES = 4096;

/**
 * Markdown by WeCom's message push (its group robot). There is no signature: the key in the address is all.
 * https://developer.work.weixin.qq.com/document/path/99110
 */
export const wecom: Hook = {
  paces: [{ count: 20, milliseconds: 60_000 }],
  payload: (message) => {
    const content = fitted(textLines(message).map(plainMarkdown).join("\n"), {
      make: (text) => markdown(message, text),
      size: Buffer.byteLength,
      most: MOST_BYTES,
      mark: message.cutMark,
    });
    return { msgtype: "markdown", markdown: { content } };
  },
  request: (_channel, url, _message, payload) => ({ url, headers: JSON_HEADERS, body: JSON.stringify(payload) }),
  // -1: the system is busy; 45009: too many messages
  refusalIn: (answer) => errcodeIn(answer, { "-1": "busy", 45009: "limited" }),
};

function markdown(message: Message, text: string): string {
  const links = message.links.map(({ text: shown, url }) => markdownLink(shown, url));
  return [`### ${plainMarkdown(markedTitle(message))}`, text, ...links].filter((part) => part !== "").join("\n");
}
