/** What moves less than this in the time that a connection may be idle is as good as dead. */
const LEAST_BYTES = 16 * 1024;

/** Looks after one attempt: it is given up when next to nothing arrives for too long, or when the caller says so. */
export interface Watch extends Disposable {
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  /** Whether it was this watch that has ended it. */
  readonly hasStalled: boolean;
  /** Bytes have come. */
  moved(bytes: number): void;
  /** Waits for something that is not the other side's business, such as the disk. */
  without<T>(work: Promise<T>): Promise<T>;
}

/** @param idleMilliseconds how long next to nothing may arrive */
export function startWatch(idleMilliseconds: number, signal?: AbortSignal): Watch {
  const stalled = new AbortController();
  let recent = 0;
  const start = () => setTimeout(() => stalled.abort(new Error("stalled")), idleMilliseconds);
  let timer = start();
  return {
    signal: signal === undefined ? stalled.signal : AbortSignal.any([signal, stalled.signal]),
    get hasStalled() {
      return stalled.signal.aborted;
    },
    moved: (bytes) => {
      recent += bytes;
      if (recent < LEAST_BYTES) return;
      recent = 0;
      timer.refresh();
    },
    without: async (work) => {
      clearTimeout(timer);
      try {
        return await work;
      } finally {
        timer = start();
      }
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
