import type { NotifyChannel } from "../../config/slipway/notify.ts";
import type { Instant } from "../../store/records.ts";

const MINUTE = 60_000;
const HALF_AN_HOUR = 30 * MINUTE;

/**
 * When a channel may be told, from then on. Feishu asks to be left alone at full and half hours, when everybody's
 * messages come. https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export function calmAt(kind: NotifyChannel["kind"], at: Instant): Instant {
  const since = at % HALF_AN_HOUR;
  return kind === "feishu" && since < MINUTE ? at - since + MINUTE : at;
}
