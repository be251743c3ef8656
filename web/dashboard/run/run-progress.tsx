import type { ReactNode } from "react";
import type { RunShape } from "../../../src/daemon/api/shapes.ts";
import { Code } from "../../shared/components/code.tsx";
import { formatBytes, formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useNow } from "../../shared/use-now.ts";
import { useWords } from "../frame/words.ts";
import { type Fact, Facts } from "../parts/facts.tsx";
import { Moment } from "../parts/moment.tsx";

/** How far a run is, or what it came to. */
export function RunProgress({ run }: { readonly run: RunShape }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const { counts, jobs, trigger, by, tags } = run;
  const number = (value: number) => formatNumber(language, value);
  const bytes = (value: number) => formatBytes(language, value);
  const facts: readonly Fact[] = [
    {
      name: words("dashboard.run.trigger"),
      value: words(`dashboard.trigger.${trigger}`),
      ...(by !== undefined && { more: by }),
    },
    { name: words("dashboard.run.queued-at"), value: <Moment at={run.queuedAt} /> },
    { name: words("dashboard.run.took"), value: <Took run={run} /> },
    { name: words("dashboard.run.copied"), value: number(counts.copied) },
    { name: words("dashboard.run.skipped"), value: number(counts.skipped) },
    ...(counts.removed > 0 ? [{ name: words("dashboard.run.removed"), value: number(counts.removed) }] : []),
    {
      name: words("dashboard.run.failed-images"),
      value: <span className={counts.failed > 0 ? "text-bad" : undefined}>{number(counts.failed)}</span>,
    },
    {
      name: words("dashboard.run.written"),
      value: bytes(counts.bytesWritten),
      more: words("dashboard.run.bytes", {
        read: bytes(counts.bytesRead),
        mounted: bytes(counts.bytesMounted),
        skipped: bytes(counts.bytesSkipped),
      }),
    },
    { name: words("dashboard.run.requests"), value: number(counts.requests) },
  ];
  return (
    <div className="flex flex-col gap-4">
      {tags !== undefined && (
        <p className="text-sm text-muted">
          {words("dashboard.run.only-tags")} <Code>{tags.join(", ")}</Code>
        </p>
      )}
      {run.endedAt === undefined && (
        <div className="flex flex-col gap-1.5">
          <p className="text-sm tabular-nums" id="progress-label">
            {words("dashboard.run.jobs", { ended: number(jobs.ended), total: number(jobs.total) })}
          </p>
          <progress
            aria-labelledby="progress-label"
            max={Math.max(1, jobs.total)}
            value={jobs.ended}
            className="h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          />
        </div>
      )}
      <Facts facts={facts} />
    </div>
  );
}

function Took({ run: { startedAt, endedAt } }: { readonly run: RunShape }): ReactNode {
  const { language } = useLanguage();
  const now = useNow(1000);
  if (startedAt === undefined) return "–";
  return formatDuration(language, Math.max(0, (endedAt ?? now) - startedAt));
}
