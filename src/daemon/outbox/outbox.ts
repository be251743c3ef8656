import type { NotifyChannel } from "../../config/slipway/notify.ts";
import type { Environment } from "../../config/variables/lookup.ts";
import { createPacer, type Delivery, type Pacer, send } from "../../notify/index.ts";
import type { OutboxRecord } from "../../store/records.ts";
import { asFailure } from "../../words/error.ts";
import type { Control } from "../control.ts";
import { complaining } from "./complaint.ts";
import { Lane } from "./lane.ts";
import { type Loop, startLoop } from "./loop.ts";
import { reachOf } from "./reach.ts";
import { messageIn } from "./stored-message.ts";

/** Longer than a message waits for its turn and is tried, so that no other process sends it meanwhile. */
export const HOLD = 180_000;
const LONGEST_TRY = 75_000;
const TAKEN_AT_ONCE = 20;
const MOST_IN_HAND = 100;

/** Where what happens is written down for who runs the daemon. */
export interface Log {
  info(facts: object, line: string): void;
  warn(facts: object, line: string): void;
}

export interface OutboxOptions {
  readonly logger: Log;
  /** Whose proxy is used for channels inside the network. */
  readonly environment: Environment;
  /** Milliseconds between two looks for what is due. */
  readonly every: number;
  /** Milliseconds that one try may take. Default 10 s. */
  readonly patience?: number;
}

/**
 * Delivers what waits in the outbox, each channel by itself: one that hangs holds up no other, and none of them any run.
 * Messages that are under way when it is closed are finished; what waits for its turn stays where it is.
 */
export function startOutbox(control: Control, { logger, environment, every, patience = 10_000 }: OutboxOptions): Loop {
  const { store, now } = control;
  const closing = new AbortController();
  const turns = createPacer();
  const lanes = new Map<string, { readonly lane: Lane; tail: Promise<void> }>();
  let inHand = 0;

  const sendOne = async (channel: NotifyChannel, stored: string): Promise<Delivery | undefined> => {
    const { kind, name } = channel;
    let hasTurn = false;
    // A turn may be long in coming; the try itself is short, and ends with an answer.
    const pacer: Pacer = {
      turn: async (address, paces) => {
        await turns.turn(address, paces, closing.signal);
        hasTurn = true;
      },
    };
    try {
      const message = messageIn(stored);
      const [delivery] = await send([channel], () => message, "en", {
        environment,
        userAgent: `slipway/${control.version}`,
        tries: 1,
        milliseconds: patience,
        pacer,
        ...reachOf(channel),
      });
      if (delivery?.ok !== false) return delivery;
      if (closing.signal.aborted && !hasTurn) return undefined;
      logger.warn({ channel: name, code: delivery.error.code }, "a message was not delivered");
      return delivery;
    } catch (thrown) {
      return { channel: kind, name, ok: false, error: asFailure(thrown) };
    }
  };

  const laneOf = (channel: string) => {
    const known = lanes.get(channel);
    if (known !== undefined) return known;
    const channels = () => control.inForce().config.notify ?? [];
    const made = { lane: new Lane({ store, now, channels, send: sendOne }), tail: Promise.resolve() };
    lanes.set(channel, made);
    return made;
  };

  const queue = (record: OutboxRecord, until: number) => {
    const one = laneOf(record.channel);
    inHand += 1;
    one.tail = one.tail
      .then(async () => {
        if (!closing.signal.aborted) await one.lane.deliver(record, until);
      })
      .catch((thrown) => logger.warn(factsOf(thrown), "a message's fate could not be written down"))
      .finally(() => {
        inHand -= 1;
      });
  };

  const look = complaining(logger, "the outbox could not be read", async () => {
    if (inHand > MOST_IN_HAND - TAKEN_AT_ONCE) return;
    const at = now();
    const taken = await store.outbox.take(at, HOLD, TAKEN_AT_ONCE);
    for (const record of taken.toSorted(byAge)) queue(record, at + HOLD - LONGEST_TRY);
  });
  const loop = startLoop(look, every);

  return {
    wake: loop.wake,
    close: async () => {
      closing.abort();
      await loop.close();
      await Promise.all([...lanes.values()].map(({ tail }) => tail));
    },
  };
}

function byAge(one: OutboxRecord, other: OutboxRecord): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}

function factsOf(thrown: unknown): object {
  const { code, message } = asFailure(thrown);
  return { code, error: message };
}
