import { startDingtalk } from "./dingtalk.ts";
import { startFeishu } from "./feishu.ts";
import type { Receiver, ReceiverOptions } from "./receiver.ts";
import { startSlack } from "./slack.ts";
import { startWebhook } from "./webhook.ts";
import { startWecom } from "./wecom.ts";

/** Receivers that hold messages to their vendors' documents. */
export const startNotifyReceiver: Readonly<
  Record<"feishu" | "dingtalk" | "wecom" | "slack" | "webhook", (options?: ReceiverOptions) => Promise<Receiver>>
> = {
  feishu: startFeishu,
  dingtalk: startDingtalk,
  wecom: startWecom,
  slack: startSlack,
  webhook: startWebhook,
};
