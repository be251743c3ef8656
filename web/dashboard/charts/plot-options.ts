import uPlot from "uplot";
import type { Language } from "../../shared/words.ts";
import type { Colours } from "./colours.ts";

export interface PlotSettings {
  readonly kind: "line" | "bars";
  readonly language: Language;
  readonly colours: Colours;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly width: number;
  readonly hasTarget: boolean;
  readonly format: (value: number) => string;
  /** Told the number of the point that somebody points at. */
  readonly onPoint: (point: number | undefined) => void;
}

const HEIGHT = 200;
const FONT = "12px system-ui, sans-serif";

/** How the library is to draw: quiet axes, one series, and its target. */
export function plotOptions(settings: PlotSettings): uPlot.Options {
  const { kind, language, colours, since, width, hasTarget, format, onPoint } = settings;
  const axis = { stroke: colours.ink, font: FONT, ticks: { show: false } };
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const calendar = new Intl.DateTimeFormat(language, { month: "numeric", day: "numeric" });
  const timeText = (seconds: number) => {
    const time = new Date(seconds * 1000);
    return (time.getHours() === 0 && time.getMinutes() === 0 ? calendar : clock).format(time);
  };
  const values: uPlot.Series = {
    stroke: colours.accent,
    width: 1.5,
    ...(kind === "bars" && { fill: colours.accent, paths: bars() }),
    points: { show: kind === "line", size: 4, fill: colours.accent },
  };
  const target: uPlot.Series = { stroke: colours.warning, width: 1, dash: [6, 4], points: { show: false } };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: {
      x: { time: true, range: () => [since / 1000, Date.now() / 1000] },
      y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.1 : 1] },
    },
    axes: [
      { ...axis, grid: { show: false }, values: (_plot, splits) => splits.map(timeText) },
      {
        ...axis,
        grid: { stroke: colours.line, width: 1 },
        size: 72,
        values: (_plot, splits) => splits.map(format),
      },
    ],
    series: [{}, values, ...(hasTarget ? [target] : [])],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
  };
}

function bars(): uPlot.Series.PathBuilder {
  const build = uPlot.paths.bars;
  if (build === undefined) throw new Error("uPlot draws no bars");
  return build({ size: [0.6, 8, 2] });
}
