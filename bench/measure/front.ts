import { type Authority, startLink, startTlsFront } from "../../src/testing/index.ts";
import type { Way } from "../work/way.ts";
import { startCounter } from "./counter.ts";
import { type Pause, Refuser } from "./refuser.ts";

/** What a tool reaches a registry through. */
export interface Front extends AsyncDisposable {
  readonly host: string;
  /** What went through so far; what nothing counts is left out. */
  traffic(): FrontTraffic;
}

export interface FrontTraffic {
  readonly bytesUp?: number;
  readonly bytesDown?: number;
  readonly requests?: number;
  /** When the registry had asked to be left alone, and how many requests came nevertheless. */
  readonly pauses?: readonly Pause[];
  readonly early?: number;
}

export interface FrontOptions {
  readonly authority: Authority | undefined;
  readonly seed: string;
}

/** @param way a way of a case; `counter` counts requests and forwards them */
export async function startFront(
  host: string,
  way: Way | "counter" | undefined,
  { authority, seed }: FrontOptions,
): Promise<Front> {
  const port = Number(new URL(`http://${host}`).port);
  if (way === undefined) return { host, traffic: () => ({}), [Symbol.asyncDispose]: async () => undefined };
  if (way === "counter") {
    const counter = await startCounter(port);
    return front(counter, ({ requests, bytesDown }) => ({ requests, bytesDown }));
  }
  switch (way.kind) {
    case "wire":
      return front(await startLink({ port, ...way }), ({ bytesUp, bytesDown }) => ({ bytesUp, bytesDown }));
    case "refusals": {
      const refuser = new Refuser(way, seed);
      const counter = await startCounter(port, refuser.refuse);
      return front(counter, ({ requests, bytesDown }) => {
        const { pauses, early } = refuser;
        return { requests, bytesDown, ...(way.retryAfterSeconds !== undefined && { pauses, early }) };
      });
    }
    case "tls": {
      if (authority === undefined) throw new TypeError("TLS needs an authority");
      const nginx = await startTlsFront({ upstream: host, authority });
      return { host: nginx.host, traffic: () => ({}), [Symbol.asyncDispose]: () => nginx[Symbol.asyncDispose]() };
    }
  }
}

function front<T extends AsyncDisposable & { readonly port: number }>(
  means: T,
  traffic: (means: T) => FrontTraffic,
): Front {
  return {
    host: `127.0.0.1:${means.port}`,
    traffic: () => traffic(means),
    [Symbol.asyncDispose]: () => means[Symbol.asyncDispose](),
  };
}
