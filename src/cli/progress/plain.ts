import { formatBytes } from "../output/units.ts";
import type { Clock } from "./clock.ts";
import { isSaid, type LineStyle } from "./describe.ts";
import { linesListener } from "./lines.ts";
import type { Listener } from "./listener.ts";
import { Tally } from "./tally.ts";

const HEARTBEAT_MILLISECONDS = 10_000;

/** The display where no terminal is: a line for each image that ended, and a sign of life every ten seconds. */
export function plainListener(style: LineStyle, clock: Clock, write: (line: string) => void): Listener {
  const tally = new Tally();
  const lines = linesListener(style, write);
  const beat = () => {
    if (tally.hasBegun && isSaid("info", style.level)) write(heartbeat(tally, clock.now(), style));
  };
  const stop = clock.every(HEARTBEAT_MILLISECONDS, beat);
  return {
    ...lines,
    copy: (event) => {
      tally.apply(event, clock.now());
      lines.copy(event);
    },
    close: stop,
  };
}

function heartbeat(tally: Tally, now: number, { words }: LineStyle): string {
  const { surveyed, expected } = tally;
  if (expected === undefined) return `… ${words.text("progress.surveying", surveyed)}`;
  const parts = [
    words.text("progress.done", { done: Math.min(tally.ended, expected), total: expected }),
    words.text("count.copied", { count: tally.count("copied") }),
    words.text("count.in-step", { count: tally.count("in-step") }),
    ...(tally.count("platform") > 0 ? [words.text("count.platform", { count: tally.count("platform") })] : []),
    words.text("count.failed", { count: tally.count("failed") }),
    formatBytes(tally.moved),
    `${formatBytes(tally.speed(now))}/s`,
  ];
  return `… ${parts.join(" · ")}`;
}
