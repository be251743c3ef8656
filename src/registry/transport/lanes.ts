/**
 * What goes on at one host at the same time. Questions, downloads and uploads have a lane each: an upload waits for its
 * download, and would wait for ever in a lane that is full of uploads.
 */
export type Lane = "question" | "download" | "upload";
export const LANES = 3;

export interface LaneLimits {
  /** Requests at the same time, in each lane. */
  readonly concurrency: number;
  /** Requests a second over all lanes. */
  readonly rate?: number;
}

/** Limits, pace and pauses of one host: they belong to the host, whatever job asks. */
export class Lanes {
  readonly #limits: LaneLimits;
  readonly #running: Record<Lane, number> = { question: 0, download: 0, upload: 0 };
  readonly #waiting: Record<Lane, (() => void)[]> = { question: [], download: [], upload: [] };
  #nextStart = 0;
  #pausedUntil = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
  }

  /** Runs `work` when the lane has room, the pace allows it and no pause is on. */
  async run<T>(lane: Lane, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#enter(lane);
    try {
      await this.#pace(signal);
      return await work();
    } finally {
      this.#leave(lane);
    }
  }

  /** Holds back every further request for so long: the host said that it has had enough. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + milliseconds);
  }

  async #enter(lane: Lane): Promise<void> {
    if (this.#running[lane] < this.#limits.concurrency) {
      this.#running[lane] += 1;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting[lane].push(resolve));
  }

  #leave(lane: Lane): void {
    const next = this.#waiting[lane].shift();
    if (next === undefined) this.#running[lane] -= 1;
    else next();
  }

  async #pace(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    for (;;) {
      const now = Date.now();
      const start = Math.max(this.#pausedUntil, this.#limits.rate === undefined ? 0 : this.#nextStart);
      if (start <= now) break;
      await sleep(start - now, signal);
    }
    if (this.#limits.rate !== undefined)
      this.#nextStart = Math.max(this.#nextStart, Date.now()) + 1000 / this.#limits.rate;
  }
}

/** Waits; an abort ends the wait with the signal's reason. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(end, milliseconds);
    function end() {
      signal?.removeEventListener("abort", stop);
      resolve();
    }
    function stop() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
