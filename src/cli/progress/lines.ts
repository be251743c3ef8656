import { copyLine, isSaid, type LineStyle, noticeLine, registryLine } from "./describe.ts";
import type { Listener } from "./listener.ts";
import { stepLine } from "./steps.ts";

/** Says each event that is urgent enough as one line: for logs, and for where no terminal is. */
export function linesListener(style: LineStyle, write: (line: string) => void): Listener {
  const say = (said: ReturnType<typeof copyLine>) => {
    if (said !== undefined && isSaid(said.level, style.level)) write(said.line);
  };
  return {
    copy: (event) => say(copyLine(event, style)),
    registry: (event) => say(registryLine(event, style)),
    step: (event) => say(stepLine(event, style)),
    notice: (level, text) => say({ level, line: noticeLine(level, text, style) }),
    close: () => undefined,
  };
}
