import { setTimeout as sleep } from "node:timers/promises";
import { failure, SlipwayError } from "../../words/error.ts";
import type { DownloadOptions } from "../origin.ts";
import { backOff, DEFAULT_PATIENCE } from "./patience.ts";
import { receive } from "./receive.ts";
import type { Held, Remote, Version } from "./remote.ts";
import type { Slot } from "./slot.ts";
import { startWatch } from "./watch.ts";

/** How the bytes that a slot wants came to be there. */
export type Arrival =
  /** What was held is all there is. */
  | { readonly kind: "unchanged" }
  /** The part is whole; `kept` of its bytes were there before. */
  | { readonly kind: "whole"; readonly version: Version; readonly kept: number };

type Attempt =
  | { readonly kind: "unchanged" }
  | { readonly kind: "whole"; readonly version: Version; readonly start: number }
  | {
      readonly kind: "broken";
      readonly held: Held | undefined;
      /** Where the bytes began that came, if any did. */
      readonly start?: number;
      readonly error: SlipwayError;
      readonly waitMilliseconds?: number;
    };

const IDLE_MILLISECONDS = 30_000;
/** What moved no more than this before it stalled got nowhere: a package of such tries would take for ever. */
const TRICKLE_BYTES = 1024 * 1024;

/**
 * Brings all bytes of a remote into the slot's part, over as many connections as it takes, and makes them durable. They
 * are not checked yet. It ends when several tries in a row left the part no longer than it has ever been.
 * @param first what is held in the beginning
 * @throws DOWNLOAD_* and AZURE_*, STORAGE_FULL, STORAGE_FAILED, the signal's reason
 */
export async function arrive(
  remote: Remote,
  slot: Slot,
  first: Held | undefined,
  options: DownloadOptions,
): Promise<Arrival> {
  const patience = options.patience ?? DEFAULT_PATIENCE;
  let held = first;
  let longest = first?.bytes ?? 0;
  let kept = longest;
  for (let failures = 0; ; ) {
    const attempt = await tryOnce(remote, slot, held, options);
    if (attempt.kind === "unchanged") return attempt;
    if (attempt.start === 0) kept = 0;
    if (attempt.kind === "whole") return { kind: "whole", version: attempt.version, kept };
    const { error } = attempt;
    held = attempt.held;
    const bytes = held?.bytes ?? 0;
    const least = error.code === "DOWNLOAD_STALLED" ? TRICKLE_BYTES : 0;
    failures = bytes > longest + least ? 1 : failures + 1;
    longest = Math.max(longest, bytes);
    if (!error.retryable || failures >= patience.attempts) throw error;
    const milliseconds = Math.round(attempt.waitMilliseconds ?? backOff(patience, failures));
    options.tell?.({ kind: "waiting", reason: error.message, milliseconds });
    await pause(milliseconds, options.signal);
  }
}

async function tryOnce(remote: Remote, slot: Slot, held: Held | undefined, options: DownloadOptions): Promise<Attempt> {
  const { signal, idleMilliseconds = IDLE_MILLISECONDS, tell } = options;
  signal?.throwIfAborted();
  using watch = startWatch(idleMilliseconds, signal);
  const errorOf = (thrown: unknown): SlipwayError => {
    signal?.throwIfAborted();
    if (thrown instanceof SlipwayError) return thrown;
    if (!watch.hasStalled) return remote.failed(thrown);
    return failure("DOWNLOAD_STALLED", { url: remote.name, seconds: idleMilliseconds / 1000 }, { retryable: true });
  };
  try {
    const answer = await remote.ask(held, watch.signal);
    switch (answer.kind) {
      case "unchanged":
        return answer;
      case "refused":
        return { ...answer, kind: "broken", held };
      case "outdated": {
        const reason = "it is not what the bytes that have arrived are of";
        const error = failure("DOWNLOAD_FAILED", { url: remote.name, reason }, { retryable: true });
        return { kind: "broken", held: undefined, start: 0, error, waitMilliseconds: 0 };
      }
      case "bytes": {
        const received = await receive(answer, slot, remote.identity, watch, tell);
        const { version, start } = answer;
        if (received.kind === "whole") return { kind: "whole", version, start };
        return { kind: "broken", held: received.held, start, error: errorOf(received.fault) };
      }
    }
  } catch (thrown) {
    return { kind: "broken", held, error: errorOf(thrown) };
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, { ...(signal !== undefined && { signal }) }).catch(() => undefined);
  signal?.throwIfAborted();
}
