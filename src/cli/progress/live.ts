import type { Stream } from "../output/stream.ts";
import { shorten } from "../output/width.ts";
import type { Clock } from "./clock.ts";
import { copyLine, isSaid, type LineStyle, noticeLine, registryLine, waitingText } from "./describe.ts";
import { frame } from "./frame.ts";
import type { Listener } from "./listener.ts";
import { activityLine, stepLine } from "./steps.ts";
import { Tally } from "./tally.ts";
import { LiveArea } from "./terminal.ts";

const REDRAW_MILLISECONDS = 100;

/** The display on a terminal: what moves now, redrawn ten times a second at most; what is over scrolls away above. */
export function liveListener(stream: Stream, style: LineStyle, clock: Clock): Listener {
  const tally = new Tally();
  const area = new LiveArea(stream);
  const finished: string[] = [];
  let waiting: { readonly text: string; readonly until: number } | undefined;
  let activity: string | undefined;
  const say = (said: ReturnType<typeof copyLine>) => {
    if (said !== undefined && isSaid(said.level, style.level)) finished.push(said.line);
  };
  const draw = () => {
    const now = clock.now();
    if (waiting !== undefined && now >= waiting.until) waiting = undefined;
    const canvas = { columns: stream.columns || 80, rows: stream.rows || 24, words: style.words, paint: style.paint };
    const moving = frame(tally, waiting?.text, now, canvas);
    area.draw(activity === undefined ? moving : [shorten(activity, canvas.columns - 1), ...moving], finished.splice(0));
  };
  const stop = clock.every(REDRAW_MILLISECONDS, draw);
  return {
    copy: (event) => {
      tally.apply(event, clock.now());
      // What is in step is only counted: thousands of such lines would bury the few that matter.
      if (event.kind !== "ended" || event.outcome.status !== "skipped") say(copyLine(event, style));
    },
    registry: (event) => {
      if (event.kind !== "waiting") return say(registryLine(event, style));
      waiting = { text: waitingText(event, style.words), until: clock.now() + event.seconds * 1000 };
    },
    step: (event) => {
      activity = activityLine(event, style, activity);
      // What a builder prints passes by on the line of its step.
      if (event.kind !== "builder" || style.level === "debug") say(stepLine(event, style));
    },
    notice: (level, text) => say({ level, line: noticeLine(level, text, style) }),
    close: () => {
      stop();
      area.draw([], finished.splice(0));
      area.close();
    },
  };
}
