import type { CopyEvent } from "../../copy/events.ts";
import type { RegistryEvent } from "../../registry/events.ts";
import type { StepEvent } from "../../release/step.ts";

/** Who hears what happens in a run: the terminal, a log, a program. */
export interface Listener {
  copy(event: CopyEvent): void;
  registry(event: RegistryEvent): void;
  /** Of a build or a release. */
  step(event: StepEvent): void;
  /** A finished line that the user should read, in their language. */
  notice(level: "info" | "warn", text: string): void;
  /** Ends the display and makes durable what was written. Closing twice is closing once. */
  close(): Promise<void> | void;
}

/** One listener that tells several. */
export function broadcast(listeners: readonly Listener[]): Listener {
  return {
    copy: (event) => {
      for (const listener of listeners) listener.copy(event);
    },
    registry: (event) => {
      for (const listener of listeners) listener.registry(event);
    },
    step: (event) => {
      for (const listener of listeners) listener.step(event);
    },
    notice: (level, text) => {
      for (const listener of listeners) listener.notice(level, text);
    },
    close: async () => {
      for (const listener of listeners) await listener.close();
    },
  };
}

export const silent: Listener = {
  copy: () => undefined,
  registry: () => undefined,
  step: () => undefined,
  notice: () => undefined,
  close: () => undefined,
};
