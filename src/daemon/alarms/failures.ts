import type { Instant, MirrorRecord, RunRecord, StoredError } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { Failure } from "./facts.ts";

/** Where a run as a whole has no error, so many mirrors' tags are asked for theirs. */
const MOST_LOOKED_INTO = 20;

/** Why the last runs of mirrors did not go well, asked for once for each run. */
export class FailureCache {
  readonly #store: Pick<Store, "runs" | "tags">;
  #known = new Map<string, { readonly endedAt: Instant | undefined; readonly failure: Failure }>();

  constructor(store: Pick<Store, "runs" | "tags">) {
    this.#store = store;
  }

  /** @throws STORE_UNREACHABLE */
  async of(records: readonly MirrorRecord[]): Promise<ReadonlyMap<string, Failure>> {
    const bad = records.filter(({ lastState }) => lastState === "failed" || lastState === "partial");
    const news = bad.filter(({ mirror, lastEndedAt }) => this.#known.get(mirror)?.endedAt !== lastEndedAt);
    const found = news.length === 0 ? new Map<string, Failure>() : await this.#ask(news.map(({ mirror }) => mirror));
    this.#known = new Map(
      bad.map(({ mirror, lastEndedAt: endedAt }) => {
        const failure = found.get(mirror) ?? this.#known.get(mirror)?.failure ?? {};
        return [mirror, { endedAt, failure }];
      }),
    );
    return new Map([...this.#known].map(([mirror, { failure }]) => [mirror, failure]));
  }

  async #ask(mirrors: readonly string[]): Promise<ReadonlyMap<string, Failure>> {
    const runs = await this.#store.runs.latest(mirrors);
    const ended = runs.filter(({ state }) => state === "failed" || state === "partial");
    let looks = 0;
    const found = new Map<string, Failure>();
    for (const run of ended) {
      const error = run.error ?? (looks < MOST_LOOKED_INTO ? await this.#tagError(run) : undefined);
      if (run.error === undefined) looks += 1;
      found.set(run.mirror, { run: run.id, ...(error !== undefined && { error }) });
    }
    return found;
  }

  async #tagError({ mirror }: RunRecord): Promise<StoredError | undefined> {
    const tags = await this.#store.tags.list(mirror, { state: "failed", limit: 1 });
    return tags.find(({ error }) => error !== undefined)?.error;
  }
}
