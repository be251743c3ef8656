/** Time for displays, so that tests can turn it. Milliseconds. */
export interface Clock {
  now(): number;
  /** Calls again and again until the answer is called; never keeps the process alive. */
  every(milliseconds: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
