import { lazy, type ReactNode, Suspense, useState } from "react";
import type { MirrorShape, Page, PointShape } from "../../../src/daemon/api/shapes.ts";
import { formatBytes, formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useAnswer } from "../data/use-answer.ts";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Section } from "../parts/section.tsx";
import { DayTable } from "./day-table.tsx";

/** Drawing is half of the program, and most pages draw nothing. */
const Chart = lazy(() => import("./chart.tsx"));

const WEEK = 7 * 24 * 3_600_000;
const MINUTE = 60_000;

/** Lag and bytes of the runs of a week, drawn and as a table. */
export function Charts({ mirror }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  const [since] = useState(() => Date.now() - WEEK);
  const path = `mirrors/${encodeURIComponent(mirror.name)}/points?since=${since}`;
  const points = useAnswer<Page<PointShape>>(path, mirror.name);
  return (
    <Section title={words("dashboard.charts")}>
      <Loaded of={points}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-4 text-muted">{words("dashboard.charts.none")}</p>
          ) : (
            <>
              <div className="grid gap-4 lg:grid-cols-2">
                <LagChart points={items} target={mirror.targets.lagTarget} since={since} />
                <BytesChart points={items} since={since} />
              </div>
              <DayTable points={items} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

interface OneChartProps {
  readonly points: readonly PointShape[];
  readonly since: number;
}

function LagChart({ points, target, since }: OneChartProps & { readonly target: number }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const known = points.flatMap(({ endedAt, lag }) => (lag === undefined ? [] : [{ at: endedAt, value: lag / MINUTE }]));
  const minutes = (value: number) =>
    formatNumber(language, value, { style: "unit", unit: "minute", unitDisplay: "short", maximumFractionDigits: 1 });
  const wanted = formatDuration(language, target);
  return (
    <Frame title={words("dashboard.charts.lag")} lead={words("dashboard.target", { wanted: `≤ ${wanted}` })}>
      {known.length === 0 ? (
        <p className="text-sm text-muted">{words("dashboard.charts.no-lag")}</p>
      ) : (
        <Chart kind="line" since={since} points={known} target={target / MINUTE} format={minutes} />
      )}
    </Frame>
  );
}

function BytesChart({ points, since }: OneChartProps): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const known = points.map(({ endedAt, bytesWritten }) => ({ at: endedAt, value: bytesWritten }));
  const isNothing = known.every(({ value }) => value === 0);
  return (
    <Frame title={words("dashboard.charts.bytes")} lead={words("dashboard.charts.bytes.lead")}>
      {isNothing ? (
        <p className="text-sm text-muted">{words("dashboard.charts.no-bytes")}</p>
      ) : (
        <Chart kind="bars" since={since} points={known} format={(value) => formatBytes(language, value)} />
      )}
    </Frame>
  );
}

interface FrameProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

function Frame({ title, lead, children }: FrameProps): ReactNode {
  return (
    <figure className="min-w-0 rounded-card border border-line bg-surface p-4">
      <figcaption className="text-sm">
        <span className="font-medium">{title}</span> <span className="text-muted">· {lead}</span>
      </figcaption>
      <div className="mt-2">
        <Suspense fallback={<div className="h-56" />}>{children}</Suspense>
      </div>
    </figure>
  );
}
