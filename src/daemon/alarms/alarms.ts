import type { Environment } from "../../config/variables/lookup.ts";
import type { CredentialStore } from "../../registry/credentials/index.ts";
import type { Language } from "../../words/words.ts";
import type { Control } from "../control.ts";
import { watchEndings } from "../expiry/index.ts";
import { complaining, type Log, startLoop, startOutbox } from "../outbox/index.ts";
import { alarmRound } from "./alarm-round.ts";
import { Observer } from "./observe.ts";

export interface AlarmOptions {
  readonly logger: Log;
  readonly environment: Environment;
  /** The credentials that registries are asked with, as they are now. */
  readonly credentials: () => CredentialStore;
  /** Milliseconds between two rounds. Default 5 s. */
  readonly every?: number;
  /** Of channels that name none. Default English. */
  readonly language?: Language;
}

export interface Alarms {
  /** Ends it: what is being sent is finished, what waits stays in the outbox. */
  close(): Promise<void>;
}

/** Looks again and again for what is wrong, and tells those who want to hear of it. */
export function startAlarms(control: Control, options: AlarmOptions): Alarms {
  const { logger, environment, credentials, every = 5000, language = "en" } = options;
  const observer = new Observer(control);
  const outbox = startOutbox(control, { logger, environment, every });
  const endings = watchEndings(control, { environment, credentials, logger });
  const round = complaining(logger, "alarms could not be looked after", async () => {
    const said = await alarmRound(control, observer, { endings: endings.known(), language });
    if (said > 0) outbox.wake();
  });
  const rounds = startLoop(round, every);
  return {
    close: async () => {
      await Promise.all([rounds.close(), endings.close()]);
      await outbox.close();
    },
  };
}
