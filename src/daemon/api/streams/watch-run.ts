import type { RunRecord } from "../../../store/records.ts";
import type { Runs } from "../../../store/store.ts";
import type { Words } from "../../../words/words.ts";
import { isEnded } from "../../status/mirror-state.ts";
import type { RunEvent } from "../shapes.ts";
import { lineShape, runShape } from "../show/run.ts";
import type { StreamEvent } from "./event-stream.ts";
import type { RunWatch } from "./run-watch.ts";

const PAGE = 200;

/**
 * Sends a run's lines after `line` and itself whenever it has changed, until it has ended or `signal` ends it. Each line
 * bears its number as id, so that whoever comes back goes on behind the last that arrived.
 */
export async function watchRun(
  runs: Runs,
  words: Words,
  watch: RunWatch,
  line: number,
  send: (event: StreamEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const tell = ({ event, data }: RunEvent, id?: string) => send({ event, data, ...(id !== undefined && { id }) });
  let at = line;
  let told: RunRecord | undefined;
  while (!signal.aborted) {
    const { version } = watch.poller;
    const { run } = watch;
    if (run !== told) await tell({ event: "run", data: runShape(words, run) });
    told = run;
    for (;;) {
      const lines = await runs.lines(run.id, at, PAGE);
      for (const next of lines) await tell({ event: "line", data: lineShape(words, next) }, String(next.number));
      at = lines.at(-1)?.number ?? at;
      if (lines.length < PAGE || signal.aborted) break;
    }
    if (isEnded(run.state)) return tell({ event: "end", data: runShape(words, run) }, String(at));
    await watch.poller.after(version, signal);
  }
}
