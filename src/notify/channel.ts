import type { Language } from "../words/words.ts";

/** What a channel may want to hear of; those from `still-failing` on happen to the daemon alone. */
export const OCCASIONS = [
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
] as const;
export type Occasion = (typeof OCCASIONS)[number];

interface Common {
  /** What the user calls it. */
  readonly name: string;
  readonly on: readonly Occasion[];
  /** Default: that of the run. */
  readonly lang?: Language;
  /** Whether the daemon may look for it inside the network. */
  readonly internal?: boolean;
}

export type HookKind = "feishu" | "dingtalk" | "wecom" | "slack" | "webhook";

/** A channel that is told by a POST. Its address is a secret; an empty one is none. */
export interface HookChannel extends Common {
  readonly kind: HookKind;
  readonly url: string;
  /** What messages are signed with. */
  readonly secret?: string;
}

/** A channel that is told by e-mail. */
export interface MailChannel extends Common {
  readonly kind: "email";
  /** `smtps://USER:PASSWORD@HOST` or `smtp://…`: a secret; an empty one is none. */
  readonly smtp: string;
  readonly from: string;
  readonly to: readonly string[];
}

export type Channel = HookChannel | MailChannel;

/** Whether a channel wants to hear of a run that was all of these. */
export function wants({ on }: Channel, occasions: readonly Occasion[]): boolean {
  return on.includes("always") || occasions.some((occasion) => on.includes(occasion));
}
