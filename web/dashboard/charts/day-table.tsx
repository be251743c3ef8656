import type { ReactNode } from "react";
import type { PointShape } from "../../../src/daemon/api/shapes.ts";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { formatBytes, formatDay, formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { byDay, type Day } from "./by-day.ts";

/** What the charts show, in numbers. */
export function DayTable({ points }: { readonly points: readonly PointShape[] }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const number = (value: number) => formatNumber(language, value);
  const columns: readonly Column<Day>[] = [
    { id: "day", header: words("dashboard.charts.day"), cell: ({ at }) => formatDay(language, at) },
    { id: "runs", header: words("dashboard.runs"), alignment: "right", cell: ({ runs }) => number(runs) },
    {
      id: "failed",
      header: words("dashboard.charts.not-well"),
      alignment: "right",
      cell: ({ failed }) => number(failed),
    },
    {
      id: "lag",
      header: words("dashboard.greatest-lag"),
      alignment: "right",
      cell: ({ lag }) => (lag === undefined ? "–" : formatDuration(language, lag)),
    },
    {
      id: "bytes",
      header: words("dashboard.run.written"),
      alignment: "right",
      cell: ({ bytesWritten }) => formatBytes(language, bytesWritten),
    },
  ];
  return (
    <details>
      <summary className="w-fit text-sm font-medium text-accent">{words("dashboard.charts.as-table")}</summary>
      <div className="mt-3">
        <DataTable
          caption={words("dashboard.charts")}
          columns={columns}
          rows={byDay(points)}
          keyOf={({ at }) => String(at)}
        />
      </div>
    </details>
  );
}
