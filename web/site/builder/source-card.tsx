import type { ReactNode } from "react";
import { type Edition, imageOf } from "../../../src/site/compose/index.ts";
import { type ComparisonRow, NOTHING, type Way } from "../../../src/site/sources/index.ts";
import { Badge } from "../../shared/components/badge.tsx";
import { Address } from "../../shared/components/code.tsx";
import { formatAgo } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import { Rated, Speed } from "../parts/speed.tsx";
import { StateBadge } from "../parts/state-badge.tsx";

export interface SourceTitleProps {
  readonly row: ComparisonRow;
  readonly isRecommended: boolean;
}

export function SourceTitle({ row, isRecommended }: SourceTitleProps): ReactNode {
  const words = usePagesWords();
  return (
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      {row.name}
      {row.audience !== "" && <span className="text-sm font-normal text-muted">{row.audience}</span>}
      {isRecommended && <Badge tone="accent">{words("pages.recommended")}</Badge>}
      <StateBadge source={row.source} />
    </span>
  );
}

export interface SourceDetailsProps {
  readonly row: ComparisonRow;
  readonly edition: Edition;
  readonly way: Way;
}

/** The address in full, and what there is to know before choosing it. */
export function SourceDetails({ row, edition, way }: SourceDetailsProps): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  const { kind } = row.source.state;
  return (
    <>
      <span className="text-sm text-muted">
        <Address address={imageOf(row.source, edition)} />
      </span>
      {row.note !== undefined && <span className="text-sm">{row.note}</span>}
      {kind === "active" || <span className="text-sm text-warning">{row.state}</span>}
      {kind === "paused" || (
        <span className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-sm">
          <Fact name={words("pages.speed")}>
            <Speed way={way} rating={row.speed} />
          </Fact>
          <Fact name={words("pages.stability")}>
            <Rated rating={row.stability} />
          </Fact>
          {"tags" in row.freshness && <Fact name={words("pages.in-step")}>{row.inStep}</Fact>}
          {row.lag !== NOTHING && <Fact name={words("pages.lag")}>{row.lag}</Fact>}
          {row.lastSync !== undefined && (
            <Fact name={words("pages.last-sync")}>{formatAgo(language, row.lastSync, Date.now())}</Fact>
          )}
          {row.limits !== NOTHING && <Fact name={words("pages.limits")}>{row.limits}</Fact>}
        </span>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <span>
      <span className="text-muted">{name}</span> {children}
    </span>
  );
}
