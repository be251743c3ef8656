import type { Environment } from "../../config/variables/lookup.ts";
import { send, testMessage } from "../../notify/index.ts";
import { failure, type SlipwayError } from "../../words/error.ts";
import type { Language } from "../../words/words.ts";
import type { Control } from "../control.ts";
import { projectOf } from "./project.ts";
import { reachOf } from "./reach.ts";

export type Tested = { readonly delivered: true } | { readonly delivered: false; readonly error: SlipwayError };

export interface TestOptions {
  readonly environment: Environment;
  /** Of a channel that names none. Default English. */
  readonly language?: Language;
}

/**
 * Sends a test message to a channel at once, in one try. Of the receiver's answer only its code is told.
 * @throws NOTIFY_CHANNEL_UNKNOWN
 */
export async function testChannel(
  control: Pick<Control, "inForce" | "version">,
  name: string,
  { environment, language = "en" }: TestOptions,
): Promise<Tested> {
  const { config } = control.inForce();
  const channels = config.notify ?? [];
  const channel = channels.find((one) => one.name === name);
  if (channel === undefined) {
    const known = channels.map((one) => one.name).join(", ");
    throw failure("NOTIFY_CHANNEL_UNKNOWN", { name, known });
  }
  const [delivery] = await send([channel], testMessage(projectOf(config), "serve"), language, {
    environment,
    userAgent: `slipway/${control.version}`,
    tries: 1,
    ...reachOf(channel),
  });
  return delivery === undefined || delivery.ok ? { delivered: true } : { delivered: false, error: delivery.error };
}
