import type { NotifyChannel } from "../../config/slipway/notify.ts";
import type { Delivery } from "../../notify/index.ts";
import type { Instant, OutboxRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import { failure, type SlipwayError } from "../../words/error.ts";
import { calmAt } from "./calm.ts";
import { afterFailure } from "./retry.ts";
import { noteDelivery, noteFailure } from "./silent-channel.ts";
import { storedError } from "./stored-error.ts";

/** What a lane needs of the daemon. */
export interface LaneMeans {
  readonly store: Pick<Store, "outbox" | "incidents">;
  readonly now: () => Instant;
  /** The channels that the configuration has now. */
  readonly channels: () => readonly NotifyChannel[];
  /** One try. Never throws. Undefined: it was let be, as the daemon ends. */
  readonly send: (channel: NotifyChannel, stored: string) => Promise<Delivery | undefined>;
}

/**
 * The messages to one channel, one after the other in the order in which they were made, so that nobody reads of the
 * end before the beginning. Where the channel does not answer, those behind wait as long as the one before them.
 */
export class Lane {
  readonly #means: LaneMeans;
  #pausedUntil: Instant = 0;

  constructor(means: LaneMeans) {
    this.#means = means;
  }

  /**
   * Tries once to deliver a message that was taken out of the outbox, and writes down what became of it.
   * @param until from then on it may be in somebody else's hands, and is left alone
   * @throws STORE_UNREACHABLE: what became of it is not known, and the same id is tried again
   */
  async deliver(record: OutboxRecord, until: Instant): Promise<void> {
    const { store, now, channels, send } = this.#means;
    const at = now();
    if (at > until) return;
    const channel = channels().find(({ name }) => name === record.channel);
    if (channel === undefined) return await this.#giveUp(record, unknownChannel(record.channel, channels()));
    const soonest = Math.max(this.#pausedUntil, calmAt(channel.kind, at));
    if (soonest > at) return await this.#putOff(record, soonest);
    const delivery = await send(channel, record.message);
    if (delivery === undefined) return;
    if (!delivery.ok) return await this.#failed(record, delivery.error, delivery.retryAfter);
    this.#pausedUntil = 0;
    await store.outbox.record({ ...keyOf(record), state: "sent", nextAt: at, sentAt: now() });
    await noteDelivery(store, record.channel);
  }

  async #failed(record: OutboxRecord, error: SlipwayError, retryAfter: number | undefined): Promise<void> {
    const { store, now } = this.#means;
    const { attempts, createdAt } = record;
    const at = now();
    const next = afterFailure({ attempts, createdAt, at, error, retryAfter });
    // What was refused says nothing of the next message.
    const isOfChannel = error.retryable || error.code === "NOTIFY_LIMITED";
    if (isOfChannel && next.state === "waiting") this.#pausedUntil = next.nextAt;
    await store.outbox.record({ ...keyOf(record), nextAt: at, ...next, error: storedError(error) });
    await noteFailure(store, record, error, at);
  }

  #putOff({ error, ...record }: OutboxRecord, nextAt: Instant): Promise<void> {
    const said = error === undefined ? {} : { error };
    return this.#means.store.outbox.record({ ...keyOf(record), state: "waiting", nextAt, ...said });
  }

  #giveUp(record: OutboxRecord, error: SlipwayError): Promise<void> {
    const ended = { state: "given-up", nextAt: this.#means.now(), error: storedError(error) } as const;
    return this.#means.store.outbox.record({ ...keyOf(record), ...ended });
  }
}

function keyOf({ id, channel }: Pick<OutboxRecord, "id" | "channel">) {
  return { id, channel };
}

function unknownChannel(name: string, channels: readonly NotifyChannel[]): SlipwayError {
  return failure("NOTIFY_CHANNEL_UNKNOWN", { name, known: channels.map((one) => one.name).join(", ") });
}
