import type { RunRecord } from "../../../store/records.ts";
import { failure } from "../../../words/error.ts";
import type { Control } from "../../control.ts";
import { Changes } from "./changes.ts";
import { eventStream, type StreamEvent, type StreamOptions } from "./event-stream.ts";
import { RunWatch } from "./run-watch.ts";

export interface StreamSettings {
  /** Milliseconds between two looks at the store. */
  readonly every: number;
  /** Milliseconds between two comments on a silent stream. */
  readonly beat: number;
  /** How many may be open. */
  readonly limit: number;
}

export const USUAL_STREAMS: StreamSettings = { every: 1000, beat: 15_000, limit: 100 };

/** The live views that are open. */
export class Streams {
  readonly changes: Changes;
  readonly #control: Control;
  readonly #settings: StreamSettings;
  readonly #end = new AbortController();
  readonly #watches = new Map<string, { readonly watch: RunWatch; users: number }>();
  #open = 0;

  /** @param changed called when something has, before anybody is told */
  constructor(control: Control, settings: StreamSettings, changed: () => void) {
    this.#control = control;
    this.#settings = settings;
    this.changes = new Changes(control, settings.every, changed);
  }

  /** @throws API_STREAMS_EXCEEDED */
  open(
    { signal, mayGoOn }: Pick<StreamOptions, "signal" | "mayGoOn">,
    produce: (send: (event: StreamEvent) => Promise<void>, signal: AbortSignal) => Promise<void>,
  ): Response {
    const { limit, beat } = this.#settings;
    if (this.#open >= limit) throw failure("API_STREAMS_EXCEEDED", { limit }, { retryable: true });
    this.#open += 1;
    const ended = () => {
      this.#open -= 1;
    };
    return eventStream({ signal: AbortSignal.any([signal, this.#end.signal]), beat, mayGoOn, ended }, produce);
  }

  /** Watches a run from a line on, together with all others who do, until `use` is through. */
  async watching(run: RunRecord, line: number, use: (watch: RunWatch) => Promise<void>): Promise<void> {
    const { id } = run;
    const begin = () => new RunWatch(this.#control.store.runs, run, line, this.#settings.every);
    const shared = this.#watches.get(id) ?? { watch: begin(), users: 0 };
    this.#watches.set(id, shared);
    shared.users += 1;
    try {
      await use(shared.watch);
    } finally {
      shared.users -= 1;
      if (shared.users === 0) this.#watches.delete(id);
    }
  }

  /** Ends all of them. */
  close(): void {
    this.#end.abort();
  }
}
