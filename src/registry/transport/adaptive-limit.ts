const START = 8;
/** Answers may take so much longer than the fastest before the host counts as busy: a factor, and milliseconds on top. */
const SLOWER = { factor: 2, milliseconds: 20 };
const SMOOTHING = 0.1;

/**
 * How many small questions a host is asked at the same time. It grows while answers come as fast as ever, by one an
 * answer at first and by one a round later, and is halved when the host says that it is too much: what TCP does.
 * https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export class AdaptiveLimit {
  readonly #most: number;
  #limit: number;
  #fastest = Number.POSITIVE_INFINITY;
  #smoothed = 0;
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
    this.#fastest = Math.min(this.#fastest, milliseconds);
    this.#smoothed = this.#smoothed === 0 ? milliseconds : this.#smoothed + SMOOTHING * (milliseconds - this.#smoothed);
    if (this.#smoothed > this.#fastest * SLOWER.factor + SLOWER.milliseconds) this.#isStarting = false;
    else if (isFull) this.#limit = Math.min(this.#most, this.#limit + (this.#isStarting ? 1 : 1 / this.#limit));
  }

  /** The host said 429 or 503. */
  refused(): void {
    this.#limit = Math.max(1, this.#limit / 2);
    this.#isStarting = false;
  }
}
