import { AdaptiveLimit } from "./adaptive-limit.ts";

/**
 * What goes on at one host at the same time. Questions, downloads and uploads have a lane each: an upload waits for its
 * download, and would wait for ever in a lane that is full of uploads.
 */
export type Lane = "question" | "download" | "upload";

export interface LaneLimits {
  /** Small questions at the same time, at most; how many there are is found by trying. */
  readonly questions: number;
  /** Downloads at the same time, and uploads. */
  readonly bodies: number;
  /** Requests a second over all lanes. */
  readonly rate?: number;
}

/** Limits, pace and pauses of one host: they belong to the host, whatever job asks. */
export class Lanes {
  readonly #limits: LaneLimits;
  readonly #running: Record<Lane, number> = { question: 0, download: 0, upload: 0 };
  readonly #waiting: Record<Lane, (() => void)[]> = { question: [], download: [], upload: [] };
  readonly #questions: AdaptiveLimit;
  #nextStart = 0;
  #pausedUntil = 0;

  constructor(limits: LaneLimits) {
    this.#limits = limits;
    this.#questions = new AdaptiveLimit(limits.questions);
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

  /** Notes how a request fared: the number of questions follows it. */
  observe(lane: Lane, milliseconds: number, status: number): void {
    if (status === 429 || status === 503) this.#questions.refused();
    else if (lane === "question") this.#questions.answered(milliseconds, this.#waiting.question.length > 0);
  }

  #limitOf(lane: Lane): number {
    return lane === "question" ? this.#questions.value : this.#limits.bodies;
  }

  async #enter(lane: Lane): Promise<void> {
    if (this.#running[lane] >= this.#limitOf(lane)) {
      await new Promise<void>((resolve) => this.#waiting[lane].push(resolve));
    } else {
      this.#running[lane] += 1;
    }
  }

  #leave(lane: Lane): void {
    this.#running[lane] -= 1;
    while (this.#running[lane] < this.#limitOf(lane)) {
      const next = this.#waiting[lane].shift();
      if (next === undefined) break;
      this.#running[lane] += 1;
      next();
    }
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
