const WINDOW_MILLISECONDS = 5000;
const SLOT_MILLISECONDS = 250;

/** Bytes a second over the last seconds, from slots of time: what it keeps does not grow with the events. */
export class Speed {
  readonly #slots: { at: number; bytes: number }[] = [];
  #since: number | undefined;

  /** Negative bytes are an attempt that began again: they were no speed and take none away. */
  add(bytes: number, now: number): void {
    if (bytes <= 0) return;
    this.#since ??= now;
    const last = this.#slots.at(-1);
    if (last !== undefined && now - last.at < SLOT_MILLISECONDS) last.bytes += bytes;
    else this.#slots.push({ at: now, bytes });
    this.#forget(now);
  }

  at(now: number): number {
    this.#forget(now);
    if (this.#since === undefined) return 0;
    const bytes = this.#slots.reduce((sum, slot) => sum + slot.bytes, 0);
    const milliseconds = Math.min(WINDOW_MILLISECONDS, Math.max(SLOT_MILLISECONDS, now - this.#since));
    return (bytes * 1000) / milliseconds;
  }

  #forget(now: number): void {
    while ((this.#slots[0]?.at ?? now) < now - WINDOW_MILLISECONDS) this.#slots.shift();
  }
}
