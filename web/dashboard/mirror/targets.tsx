import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { Badge } from "../../shared/components/badge.tsx";
import { formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";

/** What was measured over seven days, against what is wanted. */
export function Targets({ targets }: Pick<MirrorShape, "targets">): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const { successRate, successTarget, lag, lagTarget } = targets;
  const percent = (value: number) => `${formatNumber(language, value, { maximumFractionDigits: 1 })} %`;
  // What misses its target by a hair is not to be rounded up to it.
  const rate = successRate === undefined ? undefined : Math.floor(successRate * 10) / 10;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Target
        name={words("dashboard.success-rate")}
        value={rate === undefined ? undefined : percent(rate)}
        wanted={`≥ ${percent(successTarget)}`}
        isMet={successRate === undefined ? undefined : successRate >= successTarget}
      />
      <Target
        name={words("dashboard.greatest-lag")}
        value={lag === undefined ? undefined : formatDuration(language, lag)}
        wanted={`≤ ${formatDuration(language, lagTarget)}`}
        isMet={lag === undefined ? undefined : lag <= lagTarget}
      />
    </div>
  );
}

interface TargetProps {
  readonly name: string;
  readonly value: string | undefined;
  readonly wanted: string;
  readonly isMet: boolean | undefined;
}

function Target({ name, value, wanted, isMet }: TargetProps): ReactNode {
  const words = useWords();
  return (
    <dl className="rounded-card border border-line bg-surface p-4 sm:px-5">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-2xl font-semibold tabular-nums">{value ?? "–"}</span>
        {isMet !== undefined && (
          <Badge tone={isMet ? "good" : "bad"}>
            {words(isMet ? "dashboard.target.met" : "dashboard.target.missed")}
          </Badge>
        )}
        <span className="text-sm text-muted">{words("dashboard.target", { wanted })}</span>
      </dd>
    </dl>
  );
}
