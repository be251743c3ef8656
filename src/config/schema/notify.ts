import * as z from "zod";
import { Refusal } from "../refusal.ts";
import { checked, flag, mapping, oneOf, oneOrMore, text } from "./scalars.ts";

/**
 * Only HTTPS, and plain HTTP on this machine. Empty where its variable is: a run of a fork has no secrets. Work that
 * tells nobody anything leaves variables open.
 */
const hookUrl = () =>
  checked((value) => {
    if (value === "" || value.startsWith("${")) return;
    const url = URL.parse(value);
    if (url?.protocol === "https:") return;
    const isHere = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? "");
    if (url?.protocol !== "http:" || !isHere) throw new Refusal("expected an https address");
  });

const smtpUrl = () =>
  checked((value) => {
    if (value === "" || /^(?:smtps?:\/\/[^/]|\$\{)/i.test(value)) return;
    throw new Refusal("expected smtp://USER:PASSWORD@HOST or smtps://…");
  });

const mailSchema = mapping({
  smtp: smtpUrl().describe(
    "smtps://USER:PASSWORD@HOST, or smtp://… with STARTTLS; signs other than letters and digits percent-encoded. From a variable: it is a secret.",
  ),
  from: text().describe("The sender: an address, or Name <address>."),
  to: oneOrMore(text(), "an address").describe("Whom it is sent to."),
});

const occasion = oneOf([
  "failed",
  "partial",
  "recovered",
  "released",
  "always",
  "still-failing",
  "silence",
  "lag",
  "expiry",
  "digest",
]);

const channelSchema = mapping({
  feishu: hookUrl().optional().describe("Address of a custom bot of Feishu or Lark. From a variable: it is a secret."),
  dingtalk: hookUrl().optional().describe("Address of a custom robot of DingTalk. A secret, too."),
  wecom: hookUrl().optional().describe("Address of WeCom's message push (group robot). A secret, too."),
  slack: hookUrl().optional().describe("Address of an incoming webhook of Slack. A secret, too."),
  webhook: hookUrl().optional().describe("Any address that takes JSON by Standard Webhooks. A secret, too."),
  email: mailSchema.optional().describe("By e-mail."),
  secret: z
    .string()
    .optional()
    .describe("What messages are signed with: of feishu, dingtalk and webhook. From a variable."),
  on: oneOrMore(occasion, "an occasion")
    .optional()
    .describe(
      "When it is told: failed, partial (something was left out: exit code 3), recovered (good again), released, always. By `slipway serve` also: still-failing (after `serve.remind`), silence, lag (or too many failures), expiry (of a credential), digest. Default: all but released and always.",
    ),
  internal: flag()
    .optional()
    .describe(
      "true: `slipway serve` may find it inside the network, and uses HTTPS_PROXY for it; else only what is public, and directly. Commands may reach everything. Default false.",
    ),
  name: text().optional().describe("What it is called in reports and by `slipway notify test`. Default: its kind."),
  lang: oneOf(["en", "zh-CN"]).optional().describe("The language of its messages. Default: that of the run."),
});

/** `notify:`. */
export const notifySchema = z.array(channelSchema);
