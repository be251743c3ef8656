import { availableParallelism } from "node:os";

/** Works on all items, as many at once as there are processors; the results are in the items' order. */
export async function mapParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) results.set(at, await work(item));
  };
  const ends = await Promise.allSettled(Array.from({ length: availableParallelism() }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
