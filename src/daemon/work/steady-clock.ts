import { uptime } from "node:os";

/** So long a reading is gone on from, milliseconds. */
const LIFE = 1_000;
/** So far the two cheap clocks may come apart meanwhile: more, and the machine has slept, or somebody has set the time. */
const APART = 20;

let last = read();

/**
 * Milliseconds of a clock that nobody sets, and that goes on while the machine sleeps or the process is stopped. Reading
 * it costs a file, so it is read again only after a while, or where it may have gone another way than the others.
 */
export function steadyNow(): number {
  const passed = performance.now() - last.running;
  const isSure = passed < LIFE && Math.abs(Date.now() - last.wall - passed) < APART;
  if (isSure) return last.steady + passed;
  last = read();
  return last.steady;
}

/** `running` stands still while the machine sleeps; `wall` is set by whoever may. */
function read() {
  return { steady: uptime() * 1000, running: performance.now(), wall: Date.now() };
}
