import { remarkText } from "../release/remark.ts";
import type { PublishTarget } from "../release/targets.ts";
import type { Words } from "../words/words.ts";
import type { Paint } from "./output/color.ts";
import { displayWidth, padEnd, printable, shorten } from "./output/width.ts";

export interface GraphStyle {
  readonly words: Words;
  readonly paint: Paint;
  /** Of the terminal: a note that would break the drawing is shortened. Left out: nothing is. */
  readonly columns?: number | undefined;
  /** Another name of a target, in a column of its own. */
  readonly alias?: (target: PublishTarget) => string;
}

/** What runs side by side: targets that need the same, each in a lane of its own. */
type Layer = readonly PublishTarget[];

const GAP = "  ";
/** Less of a note tells nothing. */
const LEAST_NOTE = 12;

/**
 * The graph as lines for a terminal, what runs first at the top. Lanes are as git draws them; `○` is what a release
 * does not wait for.
 *
 *     ●      build            with docker
 *     ├─┬─╮
 *     ● │ │  push docker-hub  docker.io/owner/app (primary)
 *     │ ○ │  push aliyun      registry.cn-hangzhou.aliyuncs.com/owner/app (optional)
 *     │ │ ●  push azure       app.azurecr.io/app
 *     ├─┴─╯
 *     ●      push             the same digest everywhere
 */
export function graphLines(targets: readonly PublishTarget[], style: GraphStyle): readonly string[] {
  const layers = layersOf(targets);
  const lanes = Math.max(0, ...layers.map(({ length }) => length)) * 2 - 1;
  const cells = cellsOf(targets, style, lanes);
  return layers.flatMap((layer, at) => {
    const before = layers[at - 1];
    return [...(before === undefined ? [] : joints(before.length, layer.length)).map(dim), ...layer.map(nodeLine)];
  });

  function dim(line: string): string {
    return style.paint("dim", line);
  }

  function nodeLine(target: PublishTarget, lane: number, layer: Layer): string {
    const rails = layer.map((_, at) => (at === lane ? markOf(target, style.paint) : dim("│"))).join(" ");
    return `${rails}${" ".repeat(lanes - (layer.length * 2 - 1))}${GAP}${cells.get(target) ?? ""}`.trimEnd();
  }
}

function markOf({ required }: PublishTarget, paint: Paint): string {
  return required ? paint("green", "●") : paint("yellow", "○");
}

/** Name, other name and note of each target, under each other. */
function cellsOf(
  targets: readonly PublishTarget[],
  { words, paint, columns, alias }: GraphStyle,
  lanes: number,
): ReadonlyMap<PublishTarget, string> {
  const others = new Map(targets.map((target) => [target, printable(alias?.(target) ?? "")]));
  const nameWidth = Math.max(0, ...targets.map(({ name }) => displayWidth(printable(name))));
  const otherWidth = Math.max(0, ...[...others.values()].map(displayWidth));
  const taken = lanes + nameWidth + otherWidth + GAP.length * (otherWidth === 0 ? 2 : 3);
  const room = columns === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST_NOTE, columns - taken);
  return new Map(
    targets.map((target) => {
      const name = paint("bold", padEnd(printable(target.name), nameWidth));
      const other = paint("cyan", padEnd(others.get(target) ?? "", otherWidth));
      const note = shorten(printable(remarkText(target.note, words.language)), room);
      return [target, [name, ...(otherWidth === 0 ? [] : [other]), note].join(GAP)];
    }),
  );
}

function layersOf(targets: readonly PublishTarget[]): readonly Layer[] {
  return [...Map.groupBy(targets, ({ needs }) => needs.join("\n")).values()];
}

/** What leads from one layer to the next: lanes join before others fork. */
function joints(from: number, to: number): readonly string[] {
  if (from === 1 && to === 1) return ["│"];
  return [...(from > 1 ? [bar(from, "┴", "╯")] : []), ...(to > 1 ? [bar(to, "┬", "╮")] : [])];
}

function bar(lanes: number, between: string, end: string): string {
  return `├─${`${between}─`.repeat(lanes - 2)}${end}`;
}
