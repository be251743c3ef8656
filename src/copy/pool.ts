/** Runs `work` on every item, at most `concurrency` at a time. Rejects with the first failure, once all that ran has ended. */
export async function forEachOf<T>(
  items: Iterable<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failed = false;
  const runner = async () => {
    for (let next = iterator.next(); !next.done && !failed; next = iterator.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await all(Array.from({ length: concurrency }, runner));
}

/** Waits for all, then rejects with the first failure: nothing goes on behind the caller's back. */
export async function all(work: Iterable<Promise<unknown>>): Promise<void> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
