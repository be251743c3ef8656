import type { Words } from "../../words/words.ts";
import type { Paint, Style } from "../output/color.ts";
import { formatBytes, formatClock } from "../output/units.ts";
import { displayWidth, padEnd, padStart, printable, shorten } from "../output/width.ts";
import type { Result } from "../result.ts";
import type { Lane, Tally } from "./tally.ts";

/** Where a frame is drawn. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly words: Words;
  readonly paint: Paint;
}

const BAR = 20;
const NAME_LEAST = 16;
const NAME_MOST = 56;

/** The live lines for one instant: a line for each destination that something moves to, and the sum of all. */
export function frame(tally: Tally, waiting: string | undefined, now: number, canvas: Canvas): readonly string[] {
  if (!tally.hasBegun)
    return waiting === undefined ? [] : [canvas.paint("yellow", shorten(waiting, canvas.columns - 1))];
  const lanes = tally.lanes(now);
  // Two lines stay free, so that the newest finished line is always seen.
  const room = Math.max(0, canvas.rows - 4);
  const shown = lanes.slice(0, lanes.length > room ? Math.max(0, room - 1) : room);
  const hidden = lanes.length - shown.length;
  return [
    ...laneLines(shown, canvas),
    ...(hidden > 0 ? [canvas.paint("dim", `  ${canvas.words.text("list.more", { count: hidden })}`)] : []),
    sumLine(tally, waiting, now, canvas),
  ];
}

function laneLines(lanes: readonly Lane[], { columns, paint }: Canvas): readonly string[] {
  const fields = fieldsFor(columns);
  const used = fields.reduce((sum, field) => sum + field.columns + 2, 2);
  const longest = Math.max(NAME_LEAST, ...lanes.map((lane) => displayWidth(printable(lane.destination))));
  const name = Math.max(1, Math.min(NAME_MOST, longest, columns - 1 - used));
  return lanes.map((lane) => {
    const cells = fields.map((field) => field.draw(lane, paint));
    return ["", padEnd(shorten(printable(lane.destination), name), name), ...cells].join("  ").trimEnd();
  });
}

interface Field {
  readonly columns: number;
  draw(lane: Lane, paint: Paint): string;
}

const bar: Field = { columns: BAR, draw: (lane, paint) => barOf(share(lane), paint) };
const percent: Field = { columns: 4, draw: (lane) => padStart(`${Math.floor(share(lane) * 100)}%`, 4) };
const bytes: Field = {
  columns: 17,
  draw: (lane) => padStart(`${formatBytes(lane.moved)}/${formatBytes(lane.size)}`, 17),
};
const speed: Field = { columns: 9, draw: (lane) => padStart(`${formatBytes(lane.speed)}/s`, 9) };
const left: Field = { columns: 6, draw: (lane) => padStart(timeLeft(lane), 6) };

/** What fits, the most telling first. */
function fieldsFor(columns: number): readonly Field[] {
  if (columns >= 96) return [bar, percent, bytes, speed, left];
  if (columns >= 72) return [percent, bytes, speed, left];
  if (columns >= 48) return [percent, speed, left];
  return columns >= 36 ? [percent, speed] : [percent];
}

function share({ moved, size }: Lane): number {
  return size === 0 ? 1 : Math.min(1, moved / size);
}

function timeLeft({ moved, size, speed }: Lane): string {
  if (moved >= size) return "";
  return speed < 1 ? "–" : formatClock((size - moved) / speed);
}

function barOf(part: number, paint: Paint): string {
  const halves = Math.round(part * BAR * 2);
  const whole = Math.floor(halves / 2);
  const half = halves % 2 === 1 ? "╸" : "";
  return paint("cyan", "━".repeat(whole) + half) + paint("dim", "─".repeat(BAR - whole - half.length));
}

/** Part of the sum line; undefined is plain. */
type Part = readonly [text: string, style?: Style | undefined];

/** As many parts as fit; a part that does not gives way to a shorter one behind it. */
function sumLine(tally: Tally, waiting: string | undefined, now: number, canvas: Canvas): string {
  const { columns, paint } = canvas;
  let line = "";
  let width = 0;
  for (const [text, style] of sumParts(tally, waiting, now, canvas)) {
    const separator = width === 0 ? "" : " · ";
    const room = columns - 1 - width - separator.length;
    if (width > 0 && displayWidth(text) > room) continue;
    const fitting = shorten(text, room);
    line += paint("dim", separator) + (style === undefined ? fitting : paint(style, fitting));
    width += separator.length + displayWidth(fitting);
  }
  return line;
}

/** What is most urgent to know comes first. */
function sumParts(tally: Tally, waiting: string | undefined, now: number, { words }: Canvas): readonly Part[] {
  const { surveyed, expected, ended, moved } = tally;
  const counted = (result: Result, style?: Style): Part | false => {
    const count = tally.count(result);
    return count > 0 && [words.text(`count.${result}`, { count }), style];
  };
  const where =
    expected === undefined
      ? words.text("progress.surveying", surveyed)
      : words.text("progress.done", { done: Math.min(ended, expected), total: expected });
  const parts: readonly (Part | false)[] = [
    [where, "bold"],
    waiting !== undefined && [waiting, "yellow"],
    counted("failed", "red"),
    counted("copied", "green"),
    counted("in-step"),
    counted("platform", "yellow"),
    counted("removed", "yellow"),
    moved > 0 && [formatBytes(moved)],
    moved > 0 && [`${formatBytes(tally.speed(now))}/s`],
  ];
  return parts.filter((part) => part !== false);
}
