import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { webhookSignature } from "../../src/notify/sign.ts";
import type { TestImage, TestRegistry } from "../../src/testing/index.ts";
import type { Serving } from "../../test/support/serving.ts";
import type { Workplace } from "../../test/support/workplace.ts";
import { TOKEN } from "./daemon.ts";

export interface LoadMeans {
  readonly serving: Serving;
  readonly workplace: Workplace;
  readonly source: TestRegistry;
  readonly images: readonly TestImage[];
  readonly names: readonly string[];
  readonly tags: readonly string[];
  /** The file, with mirrors due every so many seconds. */
  readonly configuration: (every: number) => string;
}

/** Everybody who wants something of a daemon, until told to end. */
export interface Load {
  /** How often so far. */
  readonly done: { pushes: number; hooks: number; reloads: number; reads: number; streams: number };
  /** @throws the first failure that was not expected */
  end(): Promise<void>;
}

const PAUSES = { push: 400, reload: 15_000, read: 500, stream: 3_000 };
const ADDRESSES = [
  "/api/v1/overview",
  "/api/v1/mirrors?limit=100",
  "/api/v1/mirrors/app-0",
  "/api/v1/mirrors/app-1/tags",
  "/api/v1/runs?limit=100",
  "/status.json",
  "/badge/app-2.svg",
  "/metrics",
  "/readyz",
];

export function startLoad(means: LoadMeans): Load {
  const ending = new AbortController();
  const { signal } = ending;
  const done = { pushes: 0, hooks: 0, reloads: 0, reads: 0, streams: 0 };
  const again = async (pause: number, work: (turn: number) => Promise<void>) => {
    for (let turn = 0; !signal.aborted; turn += 1) {
      await work(turn);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  };
  const all = Promise.all([
    again(PAUSES.push, async (turn) => {
      const pushed = await push(means, turn);
      done.pushes += 1;
      // one in four is forgotten: the schedule finds it
      if (turn % 4 === 0) return;
      await tell(means, pushed);
      done.hooks += 1;
    }),
    again(PAUSES.reload, async (turn) => {
      const { workplace, configuration } = means;
      // every third is half a file, which is refused
      await workplace.write("slipway.yaml", turn % 3 === 2 ? "version: 1\nmirrors: [" : configuration(10 + (turn % 3)));
      done.reloads += 1;
    }).then(() => means.workplace.write("slipway.yaml", means.configuration(10))),
    again(PAUSES.read, async (turn) => {
      await read(means, ADDRESSES[turn % ADDRESSES.length] ?? "/");
      done.reads += 1;
    }),
    again(0, async () => {
      await listen(means, signal);
      done.streams += 1;
    }),
  ]);
  all.catch(() => undefined); // told by `end`
  return {
    done,
    end: async () => {
      ending.abort();
      await all;
    },
  };
}

async function push({ source, images, names, tags }: LoadMeans, turn: number) {
  const pick = <T>(from: readonly T[], step: number): T => {
    const [found] = from.slice((turn * step) % from.length);
    if (found === undefined) throw new RangeError("there is nothing to choose from");
    return found;
  };
  const [repository, tag] = [pick(names, 7), pick(tags, 3)];
  await source.put(repository, pick(images, 11), tag);
  return { repository: `${source.host}/${repository}`, tag };
}

async function tell({ serving }: LoadMeans, pushed: { readonly repository: string; readonly tag: string }) {
  const [id, seconds, body] = [randomUUID(), Math.floor(Date.now() / 1000), JSON.stringify(pushed)];
  const answer = await fetch(`${await serving.url()}/hooks/source`, {
    method: "POST",
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": webhookSignature(id, seconds, body, "soak"),
    },
    body,
  });
  if (answer.status !== 202) throw new Error(`a webhook was answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

async function read({ serving }: LoadMeans, address: string): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch((await serving.url()) + address, { headers });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** Reads a live stream for some seconds, and goes without a word. */
async function listen({ serving }: LoadMeans, signal: AbortSignal): Promise<void> {
  const gone = AbortSignal.any([signal, AbortSignal.timeout(PAUSES.stream)]);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(`${await serving.url()}/api/v1/events`, { headers, signal: gone }).catch(() => undefined);
  try {
    for await (const _ of answer?.body ?? []);
  } catch {
    if (!gone.aborted) throw new Error("a stream of events was cut");
  }
}
