import type { NotifyChannel } from "../../config/slipway/notify.ts";
import type { MayReach } from "../../notify/index.ts";
import { addressKind } from "../../registry/transport/connection/address.ts";

/**
 * Where a channel may lead: the daemon stays up for long, and whoever sees its pages can make it send. So only what is
 * public is reached, unless the configuration says that a channel is inside the network, and no receiver's answer is told.
 */
export function reachOf({ internal }: NotifyChannel): {
  readonly mayReach?: MayReach;
  readonly repeatsAnswers: false;
} {
  return internal === true ? { repeatsAnswers: false } : { mayReach: isPublic, repeatsAnswers: false };
}

function isPublic(address: string): boolean {
  return addressKind(address) === "public";
}
