import type { Stream } from "../output/stream.ts";
import { displayWidth } from "../output/width.ts";

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const CLEAR_LINE_REST = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";
/** Terminals that know these show all between them at once; others ignore them. https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";

/**
 * Lines at the end of a terminal that are drawn again and again, and finished lines that stay above them. No line may be
 * wider than the terminal.
 */
export class LiveArea {
  readonly #stream: Stream;
  #drawn: readonly string[] = [];
  #open = false;
  readonly #restore = () => {
    this.#stream.write(SHOW_CURSOR);
  };

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** Replaces the live lines, and puts finished ones above them. Nothing is written when nothing changed. */
  draw(lines: readonly string[], finished: readonly string[] = []): void {
    const same = lines.length === this.#drawn.length && lines.every((line, at) => line === this.#drawn[at]);
    if (same && finished.length === 0) return;
    if (!this.#open) {
      this.#open = true;
      // However the process ends, the cursor comes back.
      process.once("exit", this.#restore);
    }
    const text = [...finished, ...lines].map((line) => `${line}${CLEAR_LINE_REST}\n`).join("");
    this.#stream.write(`${BEGIN}${HIDE_CURSOR}${this.#home()}${text}${CLEAR_BELOW}${END}`);
    this.#drawn = lines;
  }

  /** Takes the live lines away and gives the cursor back. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    process.off("exit", this.#restore);
    this.#stream.write(`${this.#home()}${CLEAR_BELOW}${SHOW_CURSOR}`);
    this.#drawn = [];
  }

  /** Back to the first live line. A terminal that became narrower has wrapped lines into several rows. */
  #home(): string {
    // a pseudo terminal that was given no size says 0
    const columns = this.#stream.columns || 80;
    const rows = this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
    return rows === 0 ? "" : `\x1b[${rows}A\r`;
  }
}
