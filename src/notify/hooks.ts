import type { HookKind } from "./channel.ts";
import { dingtalk } from "./channels/dingtalk.ts";
import { feishu } from "./channels/feishu.ts";
import { slack } from "./channels/slack.ts";
import { webhook } from "./channels/webhook.ts";
import { wecom } from "./channels/wecom.ts";
import type { Hook } from "./hook.ts";

const HOOKS: Readonly<Record<HookKind, Hook>> = { feishu, dingtalk, wecom, slack, webhook };

export function hookOf(kind: HookKind): Hook {
  return HOOKS[kind];
}
