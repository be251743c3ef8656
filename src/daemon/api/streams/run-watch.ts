import type { RunRecord } from "../../../store/records.ts";
import type { Runs } from "../../../store/store.ts";
import { Poller } from "./poller.ts";

const PAGE = 1000;

/** Whether a run has more to tell: looked up once for all who watch it. */
export class RunWatch {
  readonly poller: Poller;
  /** As it was last seen; another object only where it has changed. */
  run: RunRecord;
  readonly #runs: Runs;
  /** The last line that there was. */
  #line: number;

  constructor(runs: Runs, run: RunRecord, line: number, every: number) {
    this.#runs = runs;
    this.run = run;
    this.#line = line;
    this.poller = new Poller(() => this.#look(), every);
  }

  async #look(): Promise<boolean> {
    const run = await this.#runs.get(this.run.id);
    const last = (await this.#runs.lines(this.run.id, this.#line, PAGE)).at(-1);
    const isOther = run !== undefined && JSON.stringify(run) !== JSON.stringify(this.run);
    this.#line = last?.number ?? this.#line;
    if (isOther) this.run = run;
    return isOther || last !== undefined;
  }
}
