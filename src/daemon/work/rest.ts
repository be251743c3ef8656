import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So long nothing must have been done, milliseconds. */
const QUIET = 10_000;

/**
 * Gives back what a burst of work has left, once it is over: V8 collects garbage when somebody allocates, so a daemon that
 * waits for its next run would keep hundreds of MiB of it until then.
 * @param worked how much has been done so far, in any measure that grows; undefined while something is being done
 */
export function restAfterWork(worked: () => number | undefined, collect = collector()): Disposable {
  let seen: number | undefined;
  let isRested = false;
  const timer = setInterval(() => {
    const now = worked();
    if (now === undefined || now !== seen) isRested = false;
    else if (!isRested) {
      collect();
      isRested = true;
    }
    seen = now;
  }, QUIET).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/**
 * Node's way to collect garbage, in the manner that also gives pages back to the system.
 * https://nodejs.org/docs/latest-v24.x/api/cli.html#--expose-gc
 * https://github.com/v8/v8/blob/main/src/extensions/gc-extension.cc
 */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("() => gc({ type: 'major', execution: 'async', flavor: 'last-resort' })");
  return typeof collect === "function" ? () => collect() : () => undefined;
}
