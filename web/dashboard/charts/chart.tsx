import { type ReactNode, useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatInstant } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { useColours } from "./colours.ts";
import { plotOptions } from "./plot-options.ts";

export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

export interface ChartProps {
  readonly kind: "line" | "bars";
  /** Where it begins, milliseconds since 1970; it ends now. */
  readonly since: number;
  /** The earliest first. */
  readonly points: readonly ChartPoint[];
  /** A line that values should stay below. */
  readonly target?: number;
  readonly format: (value: number) => string;
}

/** Values over time. Who points at one reads it above; who cannot see it has the table below. */
export default function Chart({ kind, since, points, target, format }: ChartProps): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const probes = useRef<HTMLDivElement>(null);
  const colours = useColours(probes);
  const [pointed, setPointed] = useState<number>();
  const drawing = useRef({ format, points });
  drawing.current = { format, points };
  const plot = useRef<uPlot>(undefined);
  useEffect(() => {
    const element = place.current;
    if (element === null || colours === undefined) return;
    const made = new uPlot(
      plotOptions({
        kind,
        language,
        colours,
        since,
        width: element.clientWidth,
        hasTarget: target !== undefined,
        format: (value) => drawing.current.format(value),
        onPoint: setPointed,
      }),
      dataOf(drawing.current.points, target),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: made.height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [kind, language, colours, since, target]);
  useEffect(() => plot.current?.setData(dataOf(points, target)), [points, target]);
  const highest = points.reduce((most, { value }) => Math.max(most, value), 0);
  const shown = pointed === undefined ? undefined : points[pointed];
  return (
    <>
      <p className="h-6 text-sm tabular-nums" aria-hidden="true">
        {shown !== undefined && (
          <>
            <span className="font-medium">{format(shown.value)}</span>{" "}
            <span className="text-muted">{formatInstant(language, shown.at)}</span>
          </>
        )}
      </p>
      <div ref={place} role="img" aria-label={words("dashboard.charts.highest", { value: format(highest) })} />
      <div ref={probes} hidden>
        <i className="text-muted" />
        <i className="text-line" />
        <i className="text-accent" />
        <i className="text-warning" />
      </div>
    </>
  );
}

function dataOf(points: readonly ChartPoint[], target: number | undefined): uPlot.AlignedData {
  const times = points.map(({ at }) => at / 1000);
  const values = points.map(({ value }) => value);
  return target === undefined ? [times, values] : [times, values, points.map(() => target)];
}
