import type { ChangeEvent } from "../shapes.ts";
import type { Changes } from "./changes.ts";
import type { StreamEvent } from "./event-stream.ts";

/** Sends which mirrors something has happened to, from now on. @param missed those to begin with */
export async function watchChanges(
  changes: Changes,
  missed: readonly string[],
  send: (event: StreamEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let { version } = changes.poller;
  let mirrors = missed;
  while (!signal.aborted) {
    const data: ChangeEvent = { mirrors };
    if (mirrors.length > 0) await send({ event: "change", data, id: String(version) });
    await changes.poller.after(version, signal);
    mirrors = changes.since(version);
    version = changes.poller.version;
  }
}
