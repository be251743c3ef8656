/** Work that is done again and again. */
export interface Loop {
  /** Does it again at once, or as soon as it has ended. */
  wake(): void;
  /** Resolves when it has ended; it is not begun again. */
  close(): Promise<void>;
}

/**
 * Does some work at once, and again `every` milliseconds after it has ended.
 * @param work never throws
 */
export function startLoop(work: () => Promise<void>, every: number): Loop {
  let isClosed = false;
  let isWoken = false;
  let ring = () => {};
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, isWoken || isClosed ? 0 : every);
      isWoken = false;
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!isClosed) {
      await work();
      await pause();
    }
  };
  const ended = run();
  return {
    wake: () => {
      isWoken = true;
      ring();
    },
    close: async () => {
      isClosed = true;
      ring();
      await ended;
    },
  };
}
