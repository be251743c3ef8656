import { type ReactNode, useState } from "react";
import type { Page, RunShape } from "../../../src/daemon/api/shapes.ts";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { formatBytes, formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useAnswer } from "../data/use-answer.ts";
import { hrefOf } from "../frame/route.ts";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { Pager } from "../parts/pager.tsx";
import { Section } from "../parts/section.tsx";
import { RunBadge } from "../parts/state-badges.tsx";

const PAGE = 10;

/** The runs of a mirror, the latest first. */
export function Runs({ mirror }: { readonly mirror: string }): ReactNode {
  const words = useWords();
  const [before, setBefore] = useState<readonly string[]>([]);
  const query = new URLSearchParams({ mirror, limit: String(PAGE) });
  const last = before.at(-1);
  if (last !== undefined) query.set("before", last);
  const runs = useAnswer<Page<RunShape>>(`runs?${query}`, mirror);
  return (
    <Section title={words("dashboard.runs")}>
      <Loaded of={runs}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? (
              <p className="py-4 text-muted">{words("dashboard.runs.none")}</p>
            ) : (
              <RunRows runs={items} />
            )}
            <Pager
              onPrevious={before.length > 0 ? () => setBefore(before.slice(0, -1)) : undefined}
              onNext={next === undefined ? undefined : () => setBefore([...before, next])}
            >
              {words("dashboard.page", { page: before.length + 1 })}
            </Pager>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function RunRows({ runs }: { readonly runs: readonly RunShape[] }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const number = (value: number) => formatNumber(language, value);
  const columns: readonly Column<RunShape>[] = [
    {
      id: "queued",
      header: words("dashboard.run.queued-at"),
      cell: ({ id, queuedAt }) => (
        <a href={hrefOf({ page: "run", id })} className="text-accent underline">
          <Moment at={queuedAt} />
        </a>
      ),
    },
    { id: "state", header: words("dashboard.column.state"), cell: ({ state }) => <RunBadge state={state} /> },
    {
      id: "trigger",
      header: words("dashboard.run.trigger"),
      cell: ({ trigger, by }) => (
        <span className="wrap-anywhere">
          {words(`dashboard.trigger.${trigger}`)}
          {by !== undefined && <span className="text-muted"> · {by}</span>}
        </span>
      ),
    },
    {
      id: "took",
      header: words("dashboard.run.took"),
      cell: ({ startedAt, endedAt }) =>
        startedAt === undefined || endedAt === undefined ? "–" : formatDuration(language, endedAt - startedAt),
    },
    {
      id: "counts",
      header: words("dashboard.run.images"),
      cell: ({ counts: { copied, skipped, failed } }) => (
        <>
          {words("dashboard.run.counts", { copied: number(copied), skipped: number(skipped) })}
          {failed > 0 && (
            <span className="block text-bad">{words("dashboard.tags.failed", { count: number(failed) })}</span>
          )}
        </>
      ),
    },
    {
      id: "bytes",
      header: words("dashboard.run.written"),
      alignment: "right",
      cell: ({ counts }) => formatBytes(language, counts.bytesWritten),
    },
  ];
  return <DataTable caption={words("dashboard.runs")} columns={columns} rows={runs} keyOf={({ id }) => id} />;
}
