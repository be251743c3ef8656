import type { Control } from "../control.ts";
import { type MirrorState, mirrorStates } from "./mirror-state.ts";

/** The states of all mirrors, looked up at most once in so many milliseconds for all who ask. */
export class StatusWatch {
  readonly #control: Control;
  readonly #age: number;
  #last: { readonly at: number; readonly states: Promise<readonly MirrorState[]> } | undefined;

  constructor(control: Control, age: number) {
    this.#control = control;
    this.#age = age;
  }

  /** @throws STORE_UNREACHABLE; the next one to ask tries again */
  states(): Promise<readonly MirrorState[]> {
    const at = this.#control.now();
    if (this.#last !== undefined && at - this.#last.at < this.#age) return this.#last.states;
    const states = mirrorStates(this.#control);
    this.#last = { at, states };
    states.catch(() => {
      if (this.#last?.states === states) this.#last = undefined;
    });
    return states;
  }

  /** Something has changed: whoever asks next is told what is so by then. */
  forget(): void {
    this.#last = undefined;
  }
}
