import type { ReactNode } from "react";
import { type ComparisonRow, comparisonRows, NOTHING } from "../../../src/site/sources/index.ts";
import { Badge } from "../../shared/components/badge.tsx";
import { Address } from "../../shared/components/code.tsx";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { formatAgo } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import type { Knowledge } from "../measuring/use-recommendation.ts";
import { Rated, Speed } from "../parts/speed.tsx";
import { StateBadge } from "../parts/state-badge.tsx";

/** What is known of each source, side by side. */
export function Comparison({ knowledge }: { readonly knowledge: Knowledge }): ReactNode {
  const site = useSite();
  const words = usePagesWords();
  const { language } = useLanguage();
  const { recommended } = knowledge.recommendation;
  const columns: readonly Column<ComparisonRow>[] = [
    {
      id: "source",
      header: words("pages.source"),
      cell: (row) => <Name row={row} isRecommended={row.source.id === recommended} />,
    },
    { id: "audience", header: words("pages.audience"), cell: ({ audience }) => audience || NOTHING },
    {
      id: "speed",
      header: words("pages.speed"),
      isShort: true,
      cell: ({ source, speed }) => <Speed way={knowledge.wayTo(source.id)} rating={speed} />,
    },
    {
      id: "stability",
      header: words("pages.stability"),
      isShort: true,
      cell: ({ stability }) => <Rated rating={stability} />,
    },
    { id: "lag", header: words("pages.lag"), isShort: true, cell: ({ lag }) => lag },
    { id: "in-step", header: words("pages.in-step"), isShort: true, cell: (row) => <InStep row={row} /> },
    { id: "limits", header: words("pages.limits"), cell: ({ limits }) => limits },
  ];
  return (
    <DataTable
      caption={words("pages.comparison")}
      columns={columns}
      rows={comparisonRows(site, knowledge.status, language)}
      keyOf={({ source }) => source.id}
    />
  );
}

/** How much of it is there, and since when. */
function InStep({ row: { inStep, lastSync } }: { readonly row: ComparisonRow }): ReactNode {
  const { language } = useLanguage();
  return (
    <>
      {inStep}
      {lastSync !== undefined && <span className="block text-muted">{formatAgo(language, lastSync, Date.now())}</span>}
    </>
  );
}

function Name({ row, isRecommended }: { readonly row: ComparisonRow; readonly isRecommended: boolean }): ReactNode {
  const words = usePagesWords();
  return (
    <div className="flex flex-col gap-1 lg:min-w-60">
      <span className="flex flex-wrap items-center gap-2">
        {row.name}
        {isRecommended && <Badge tone="accent">{words("pages.recommended")}</Badge>}
        <StateBadge source={row.source} />
      </span>
      <span className="text-sm font-normal text-muted">
        <Address address={row.image} />
      </span>
      {row.source.state.kind === "active" || <span className="text-sm font-normal text-warning">{row.state}</span>}
    </div>
  );
}
