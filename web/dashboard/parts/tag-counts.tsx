import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";

/** How many images were compared and found the same, and how many not: in words, and as a bar. */
export function TagCounts({ tags }: Pick<MirrorShape, "tags">): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const number = (value: number) => formatNumber(language, value);
  if (tags.total === 0) return <span className="text-muted">{words("dashboard.tags.none-compared")}</span>;
  const rest = [
    tags.behind > 0 && words("dashboard.tags.behind", { count: number(tags.behind) }),
    tags.failed > 0 && words("dashboard.tags.failed", { count: number(tags.failed) }),
  ].filter((part) => part !== false);
  return (
    <div className="flex max-w-48 flex-col gap-1">
      <span className="tabular-nums">
        {words("dashboard.tags.in-step", { inStep: number(tags.inStep), total: number(tags.total) })}
      </span>
      <Bar tags={tags} />
      {rest.length > 0 && (
        <span className={tags.failed > 0 ? "text-xs/5 text-bad" : "text-xs/5 text-warning"}>{rest.join(" · ")}</span>
      )}
    </div>
  );
}

/** One image in a thousand that is not in step is still to be seen. */
const LEAST = 3;

function Bar({ tags: { total, behind, failed } }: Pick<MirrorShape, "tags">): ReactNode {
  const share = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (100 * count) / total));
  const bad = share(failed);
  const late = share(behind);
  const good = Math.max(0, 100 - bad - late);
  return (
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" className="h-1 w-full rounded-full" aria-hidden="true">
      <rect width={good} height="4" className="fill-good" />
      <rect x={good} width={late} height="4" className="fill-warning" />
      <rect x={good + late} width={bad} height="4" className="fill-bad" />
    </svg>
  );
}
