import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface LinkOptions {
  /** What is at the other end, on this machine. */
  readonly port: number;
  /** Milliseconds each way. A new connection waits for one round trip more, as TCP's handshake does. Default 0. */
  readonly latency?: number;
  /** Bytes per second each way, shared by all connections. Default: no limit. */
  readonly bandwidth?: number;
  /** Every connection closes after so many bytes, both ways together. Default: never. */
  readonly cutAfterBytes?: number;
}

export interface Link extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Bytes that went through so far: what is still on its way does not count. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly connections: number;
  readonly cuts: number;
}

/** What may be on its way in one direction of one connection: the size of a usual TCP window. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** A wire with a length and a width in front of a server. */
export async function startLink(options: LinkOptions): Promise<Link> {
  const sockets = new Set<Socket>();
  const [up, down] = [new Lane(options), new Lane(options)];
  let connections = 0;
  let cuts = 0;
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    connections += 1;
    const far = connect({ port: options.port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
    const close = () => {
      client.destroySoon();
      far.destroySoon();
    };
    for (const socket of [client, far]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      socket.on("error", () => undefined); // whoever carries is told
    }
    const budget = new Budget(options.cutAfterBytes ?? Infinity);
    const handshake = 2 * (options.latency ?? 0);
    Promise.all([up.carry(client, far, budget, handshake), down.carry(far, client, budget, 0)]).catch(() => {
      if (budget.left <= 0) cuts += 1;
      close();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the link has no port");
  return {
    host: `127.0.0.1:${address.port}`,
    port: address.port,
    get bytesUp() {
      return up.bytes;
    },
    get bytesDown() {
      return down.bytes;
    },
    get connections() {
      return connections;
    },
    get cuts() {
      return cuts;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** What a connection may still carry. */
class Budget {
  left: number;

  constructor(bytes: number) {
    this.left = bytes;
  }

  /** As much of a chunk as is left. */
  take(chunk: Buffer): Buffer {
    const taken = chunk.subarray(0, Math.max(0, Math.min(chunk.byteLength, this.left)));
    this.left -= chunk.byteLength;
    return taken;
  }
}

/** Lets so many bytes be under way, and makes the rest wait. */
class Window {
  #free: number;
  #waiting: () => void = () => undefined;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  async take(bytes: number): Promise<void> {
    this.#free -= bytes;
    while (this.#free < 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
  }

  give(bytes: number): void {
    this.#free += bytes;
    this.#waiting();
  }
}

/** One direction, with the time at which it is free again. */
class Lane {
  readonly #latency: number;
  readonly #bytesPerMillisecond: number;
  #freeAt = 0;
  bytes = 0;

  constructor({ latency = 0, bandwidth = Infinity }: LinkOptions) {
    this.#latency = latency;
    this.#bytesPerMillisecond = bandwidth / 1000;
  }

  /** Carries until the end. Rejects when the budget is used up or an end breaks. */
  async carry(from: Socket, to: Socket, budget: Budget, handshake: number): Promise<void> {
    const opened = performance.now() + handshake;
    const window = new Window(WINDOW_BYTES);
    let last: Promise<void> = Promise.resolve();
    try {
      for await (const read of from as AsyncIterable<Buffer>) {
        const chunk = budget.take(read);
        const arrival = this.#arrival(chunk.byteLength, opened);
        last = deliver(last, to, chunk, arrival)
          .then(() => {
            this.bytes += chunk.byteLength;
          })
          .finally(() => window.give(chunk.byteLength));
        last.catch(() => undefined); // whoever waits for it next is told
        if (budget.left <= 0) break;
        await window.take(chunk.byteLength);
      }
    } finally {
      await last; // what is on its way arrives
    }
    if (budget.left <= 0) throw new Error("cut");
    to.end();
  }

  #arrival(bytes: number, opened: number): number {
    this.#freeAt = Math.max(performance.now(), opened, this.#freeAt) + bytes / this.#bytesPerMillisecond;
    return this.#freeAt + this.#latency;
  }
}

/** Gives a chunk to the other end when its time has come, after the one before it. */
async function deliver(before: Promise<void>, to: Socket, chunk: Buffer, arrival: number): Promise<void> {
  await before;
  const wait = arrival - performance.now();
  if (wait > 0) await sleep(wait);
  if (to.destroyed) throw new Error("the other end is gone");
  if (!to.write(chunk)) await drained(to);
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      socket.off("drain", settle).off("close", settle);
      if (socket.destroyed) reject(new Error("the other end is gone"));
      else resolve();
    };
    socket.on("drain", settle).on("close", settle);
  });
}
