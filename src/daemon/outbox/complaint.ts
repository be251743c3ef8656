import { asFailure } from "../../words/error.ts";
import type { Log } from "./outbox.ts";

/** Does work that is done every few seconds; what fails is written down when it begins to, not each time. Never throws. */
export function complaining(logger: Log, line: string, work: () => Promise<void>): () => Promise<void> {
  let known: string | undefined;
  return async () => {
    try {
      await work();
      known = undefined;
    } catch (thrown) {
      const { code, message } = asFailure(thrown);
      if (code !== known) logger.warn({ code, error: message }, line);
      known = code;
    }
  };
}
