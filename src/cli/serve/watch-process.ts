import type { Logbook } from "../../daemon/log/logbook.ts";
import { asFailure } from "../../words/error.ts";
import { EXIT } from "../exit.ts";

/**
 * What the process is told from outside, and what goes wrong where nobody waits for it: SIGHUP reloads; a rejection that
 * nobody took is written down, and work goes on; after an exception nobody knows what still holds, so it ends, and whoever
 * starts it again goes on from what is recorded.
 */
export function watchProcess(log: Logbook, reload: () => void): Disposable {
  const rejected = (reason: unknown) => log.failed("fault", asFailure(reason), {});
  const thrown = (error: Error) => {
    log.failed("fault", asFailure(error), {});
    process.exit(EXIT.failed);
  };
  process.on("SIGHUP", reload).on("unhandledRejection", rejected).on("uncaughtException", thrown);
  return {
    [Symbol.dispose]: () => {
      process.off("SIGHUP", reload).off("unhandledRejection", rejected).off("uncaughtException", thrown);
    },
  };
}

/** Resolves when the process is told to end. */
export function toldToEnd(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
