import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { formatBytes, formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { hrefOf } from "../frame/route.ts";
import { useWords } from "../frame/words.ts";
import { HealthBadge, OpenRun } from "../parts/state-badges.tsx";

interface MirrorProps {
  readonly mirror: MirrorShape;
}

/** The link that its whole row answers to. */
export function MirrorName({ mirror: { name } }: MirrorProps): ReactNode {
  return (
    <a
      href={hrefOf({ page: "mirror", name })}
      className="font-medium wrap-anywhere after:absolute after:inset-0 hover:underline"
    >
      {name}
    </a>
  );
}

/** From where to where, each on a line that does not break: rows are to be compared at a glance. */
export function Way({ mirror: { source, destinations } }: MirrorProps): ReactNode {
  return (
    <div className="font-mono text-xs/5 font-normal text-muted">
      <div className="truncate" title={source}>
        {source}
      </div>
      <div className="truncate" title={destinations.join("\n")}>
        <span aria-hidden="true">→ </span>
        {destinations.map(hostOf).join(", ")}
      </div>
    </div>
  );
}

function hostOf(repository: string): string {
  return repository.slice(0, repository.indexOf("/"));
}

export function State({ mirror }: MirrorProps): ReactNode {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <HealthBadge health={mirror.health} />
      <OpenRun mirror={mirror} />
    </div>
  );
}

/** The greatest of seven days; marked where it misses its target. */
export function Lag({ mirror: { targets } }: MirrorProps): ReactNode {
  const { language } = useLanguage();
  if (targets.lag === undefined) return "–";
  return (
    <span className={targets.lag > targets.lagTarget ? "font-medium text-warning" : undefined}>
      {formatDuration(language, targets.lag)}
    </span>
  );
}

export function LastBytes({ mirror: { lastRun } }: MirrorProps): ReactNode {
  const { language } = useLanguage();
  return lastRun === undefined ? "–" : formatBytes(language, lastRun.counts.bytesWritten);
}

/** Of the host that has the least left. */
export function LimitLeft({ mirror: { limits } }: MirrorProps): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const [least] = limits.toSorted((one, other) => one.remaining / one.limit - other.remaining / other.limit);
  if (least === undefined) return "–";
  const number = (value: number) => formatNumber(language, value);
  const isLow = least.remaining < least.limit / 10;
  return (
    <span title={least.host} className={isLow ? "font-medium text-warning" : undefined}>
      {words("dashboard.limit.left", { remaining: number(least.remaining), limit: number(least.limit) })}
    </span>
  );
}
