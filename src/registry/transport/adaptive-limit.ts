const START = 8;
/** Answers may take so much longer than the fastest before the host counts as busy: a factor, and milliseconds on top. */
const SLOWER = { factor: 2, milliseconds: 20 };
/**
 * So many answers are looked at together, and the fastest of them counts: a busy host is slow to all, while a busy
 * processor of our own is seen in whatever happened to wait for it.
 */
const TOGETHER = 8;

/**
 * How many small questions a host is asked at the same time. It grows while answers come as fast as ever, by one an
 * answer at first and by one a round later, and is halved when the host says that it is too much: what TCP does.
 * https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export class AdaptiveLimit {
  readonly #most: number;
  #limit: number;
  #fastest = Number.POSITIVE_INFINITY;
  /** The fastest of those that were looked at last, and of those that come now. */
  #lately = 0;
  #now = { fastest: Number.POSITIVE_INFINITY, answers: 0 };
  #isStarting = true;

  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(START, most);
  }

  get value(): number {
    return Math.floor(this.#limit);
  }

  /** An answer came. `isFull`: more had wanted to ask meanwhile, so that growing would help. */
  answered(milliseconds: number, isFull: boolean): void {
    this.#look(milliseconds);
    if (this.#lately > this.#fastest * SLOWER.factor + SLOWER.milliseconds) this.#isStarting = false;
    else if (isFull) this.#limit = Math.min(this.#most, this.#limit + (this.#isStarting ? 1 : 1 / this.#limit));
  }

  #look(milliseconds: number): void {
    this.#fastest = Math.min(this.#fastest, milliseconds);
    const [fastest, answers] = [Math.min(this.#now.fastest, milliseconds), this.#now.answers + 1];
    if (answers === TOGETHER) this.#lately = fastest;
    this.#now = answers === TOGETHER ? { fastest: Number.POSITIVE_INFINITY, answers: 0 } : { fastest, answers };
  }

  /** The host said 429 or 503. */
  refused(): void {
    this.#limit = Math.max(1, this.#limit / 2);
    this.#isStarting = false;
  }
}
