/** One message, several channels. */
export {
  type Channel,
  type HookChannel,
  type HookKind,
  type MailChannel,
  OCCASIONS,
  type Occasion,
  wants,
} from "./channel.ts";
export type { MayReach } from "./connections.ts";
export type { Fact, Link, Message, State } from "./message.ts";
export { createPacer, type Pacer } from "./pacer.ts";
export { type Preview, preview } from "./preview.ts";
export { type Delivery, type SendOptions, send } from "./send.ts";
export { testMessage } from "./test-message.ts";
