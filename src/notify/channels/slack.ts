import { cutLength } from "../cut.ts";
import { type Hook, JSON_HEADERS } from "../hook.ts";
import { type Message, markedTitle } from "../message.ts";

/**
 * https://docs.slack.dev/reference/block-kit/blocks/header-block
 * https://docs.slack.dev/reference/block-kit/blocks/section-block
 */
const MOST = { header: 150, fields: 10, field: 2000, section: 3000 } as const;

/**
 * Blocks by an incoming webhook of Slack. There is no signature: the address is all.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export const slack: Hook = {
  // https://docs.slack.dev/apis/web-api/rate-limits
  paces: [{ count: 1, milliseconds: 1000 }],
  payload: blocks,
  request: (_channel, url, _message, payload) => ({ url, headers: JSON_HEADERS, body: JSON.stringify(payload) }),
  // Errors are names in plain text: invalid_payload, no_service, channel_is_archived.
  refusalIn: ({ status, text }) =>
    status === 200 && text.trim() === "ok" ? undefined : { kind: "refused", code: `HTTP ${status}`, words: text },
};

function blocks(message: Message): object {
  const { facts, lines, links, cutMark } = message;
  const plain = (text: string, most: number) => ({
    type: "plain_text",
    text: cutLength(text, most, cutMark),
    emoji: false,
  });
  const title = markedTitle(message);
  // Facts beyond what a section holds come with the lines.
  const shown = facts.slice(0, MOST.fields);
  const rest = [...facts.slice(MOST.fields).map(({ label, value }) => `${label}: ${value}`), ...lines];
  const shownLinks = links.map(({ text, url }) => `<${encoded(url)}|${escaped(text)}>`).join(" · ");
  return {
    // Shown in notifications; here alone signs have a meaning.
    text: escaped(title),
    blocks: [
      { type: "header", text: plain(title, MOST.header) },
      ...(shown.length === 0
        ? []
        : [{ type: "section", fields: shown.map(({ label, value }) => plain(`${label}: ${value}`, MOST.field)) }]),
      ...(rest.length === 0 ? [] : [{ type: "section", text: plain(rest.join("\n"), MOST.section) }]),
      ...(links.length === 0 ? [] : [{ type: "section", text: { type: "mrkdwn", text: shownLinks } }]),
    ],
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function encoded(url: string): string {
  return escaped(url.replace(/[|<>\s]/g, encodeURIComponent));
}
