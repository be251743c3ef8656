import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { Code } from "../../shared/components/code.tsx";
import { formatDuration, formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { type Fact, Facts } from "../parts/facts.tsx";
import { Moment } from "../parts/moment.tsx";
import { TagCounts } from "../parts/tag-counts.tsx";

/** What is known of a mirror now. */
export function MirrorFacts({ mirror }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const { tags, lastSuccessAt, nextRunAt, limits } = mirror;
  const number = (value: number) => formatNumber(language, value);
  const facts: readonly Fact[] = [
    { name: words("dashboard.column.in-step"), value: <TagCounts tags={tags} /> },
    ...(tags.behindSince === undefined
      ? []
      : [{ name: words("dashboard.behind-since"), value: <Moment at={tags.behindSince} /> }]),
    {
      name: words("dashboard.column.last-success"),
      value: <Moment at={lastSuccessAt} />,
    },
    {
      name: words("dashboard.column.next-run"),
      value: <Moment at={nextRunAt} />,
      more: <Schedule mirror={mirror} />,
    },
    ...limits.map(({ host, remaining, limit, seenAt }) => ({
      name: words("dashboard.limit.of", { host }),
      value: words("dashboard.limit.left", { remaining: number(remaining), limit: number(limit) }),
      more: <Moment at={seenAt} />,
    })),
  ];
  return <Facts facts={facts} />;
}

function Schedule({ mirror: { schedule } }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  if (schedule.every !== undefined) {
    return words("dashboard.schedule.every", { interval: formatDuration(language, schedule.every) });
  }
  if (schedule.cron === undefined) return words("dashboard.schedule.none");
  return (
    <>
      <Code>{schedule.cron}</Code> {schedule.timeZone}
    </>
  );
}
