import type { NotifyChannel } from "../../config/slipway/notify.ts";
import { type Delivery, type Message, type Preview, preview, send, testMessage } from "../../notify/index.ts";
import { failure } from "../../words/error.ts";
import type { Language } from "../../words/words.ts";
import type { Context, Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { notifyTestOptions } from "../options.ts";
import { failureLines } from "../output/failure.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import { projectOf } from "../publish/project.ts";
import { notificationsJson } from "../report/notifications.ts";
import { requireConfig } from "../settings.ts";

/** Sends a test message to all channels of the configuration, or to those named, and says what became of each. */
export const run: Run<typeof notifyTestOptions> = async (context, { positional, options }) => {
  const config = await requireConfig(context);
  const channels = channelsNamed(config.notify ?? [], positional, config.file);
  const say = testMessage(projectOf(config).name);
  if (options.dryRun) return await show(context, channels, say);
  const { environment, words, version, signal } = context;
  const sent = await send(channels, say, words.language, { environment, userAgent: `slipway/${version}`, signal });
  for (const delivery of sent) tell(context, delivery);
  await tellResult(context, {
    version: 1,
    command: context.command,
    ok: sent.every(({ ok }) => ok),
    ...notificationsJson(sent, words),
  });
  return sent.every(({ ok }) => ok) ? EXIT.done : EXIT.failed;
};

function channelsNamed(
  channels: readonly NotifyChannel[],
  names: readonly string[],
  file: string,
): readonly NotifyChannel[] {
  if (channels.length === 0) throw failure("NOTIFY_CHANNELS_MISSING", { file });
  const unknown = names.find((name) => !channels.some((channel) => channel.name === name));
  if (unknown !== undefined) {
    const known = channels.map(({ name }) => name).join(", ");
    throw failure("NOTIFY_CHANNEL_UNKNOWN", { name: unknown, known });
  }
  return names.length === 0 ? channels : channels.filter(({ name }) => names.includes(name));
}

function tell({ err, words, paint, globals }: Context, delivery: Delivery): void {
  if (delivery.ok) {
    err.write(`${paint.err("green", "✓")} ${printable(words.text("notify.sent", { name: delivery.name }))}\n`);
    return;
  }
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  for (const line of failureLines([delivery.error], style)) err.write(`${line}\n`);
}

async function show(
  context: Context,
  channels: readonly NotifyChannel[],
  say: (language: Language) => Message,
): Promise<number> {
  const { words, out, globals } = context;
  const previews = channels.map((channel) => ({
    channel: channel.kind,
    name: channel.name,
    ...preview(channel, say(channel.lang ?? words.language)),
  }));
  if (!globals.json) {
    for (const one of previews) {
      out.write(`${printable(headOf(one, context))}\n${JSON.stringify(one.payload, undefined, 2)}\n`);
    }
  }
  await tellResult(context, { version: 1, command: context.command, ok: true, messages: previews });
  return EXIT.done;
}

function headOf(
  { channel, name, host, signed }: Preview & { readonly channel: NotifyChannel["kind"]; readonly name: string },
  { words }: Context,
): string {
  if (channel === "email") return words.text("notify.preview.mail", { name, host });
  return words.text(signed ? "notify.preview.signed" : "notify.preview.unsigned", { name, host });
}
