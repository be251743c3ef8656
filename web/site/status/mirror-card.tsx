import type { ReactNode } from "react";
import { type DestinationStatus, type MirrorStatus, NOTHING } from "../../../src/site/sources/index.ts";
import { Badge, type Tone } from "../../shared/components/badge.tsx";
import { Address } from "../../shared/components/code.tsx";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { formatAgo, formatDuration, formatInstant } from "../../shared/format.ts";
import { useLanguage, useLocal } from "../../shared/language.tsx";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";

export interface MirrorCardProps {
  readonly mirror: MirrorStatus;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** One mirror: what it brings where, and how far it is. */
export function MirrorCard({ mirror, now }: MirrorCardProps): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  const facts = [
    { name: words("pages.last-sync"), at: mirror.last_update_ts },
    { name: words("pages.last-run"), at: mirror.last_ended_ts },
    { name: words("pages.next-run"), at: mirror.next_schedule_ts },
  ];
  return (
    <section aria-labelledby={`mirror-${mirror.name}`} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={`mirror-${mirror.name}`} className="text-xl font-semibold wrap-anywhere">
          {mirror.name}
        </h2>
        <StatusBadge status={mirror.status} />
        <p className="w-full text-sm text-muted">
          {words("pages.upstream")} <Address address={mirror.upstream} />
        </p>
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-3 text-sm">
        {facts.map(({ name, at }) => (
          <div key={name}>
            <dt className="text-muted">{name}</dt>
            <dd>{at === null ? NOTHING : <Moment at={at * 1000} now={now} language={language} />}</dd>
          </div>
        ))}
      </dl>
      <Destinations mirror={mirror} now={now} />
    </section>
  );
}

interface MomentProps {
  readonly at: number;
  readonly now: number;
  readonly language: ReturnType<typeof useLanguage>["language"];
}

function Moment({ at, now, language }: MomentProps): ReactNode {
  return (
    <time dateTime={new Date(at).toISOString()} title={formatInstant(language, at)}>
      {formatAgo(language, at, now)}
    </time>
  );
}

function Destinations({ mirror, now }: MirrorCardProps): ReactNode {
  const { sources } = useSite();
  const words = usePagesWords();
  const local = useLocal();
  const { language } = useLanguage();
  const columns: readonly Column<DestinationStatus>[] = [
    {
      id: "destination",
      header: words("pages.source"),
      cell: ({ repository }) => {
        const source = sources.find(({ image }) => image === repository);
        return (
          <div className="flex flex-col gap-1">
            {source !== undefined && local(source.name)}
            <span className="text-sm font-normal text-muted">
              <Address address={repository} />
            </span>
          </div>
        );
      },
    },
    { id: "status", header: words("pages.state"), cell: ({ status }) => <StatusBadge status={status} /> },
    { id: "in-step", header: words("pages.in-step-by-digest"), cell: ({ tags }) => <InStep tags={tags} /> },
    {
      id: "lag",
      header: words("pages.lag"),
      cell: ({ lag_seconds: lag }) => (lag === null ? NOTHING : formatDuration(language, lag * 1000)),
    },
    {
      id: "last-sync",
      header: words("pages.last-sync"),
      cell: ({ last_update_ts: at }) =>
        at === null ? NOTHING : <Moment at={at * 1000} now={now} language={language} />,
    },
  ];
  return (
    <DataTable
      caption={words("pages.destinations-of", { mirror: mirror.name })}
      columns={columns}
      rows={mirror.destinations}
      keyOf={({ repository }) => repository}
    />
  );
}

function InStep({ tags }: Pick<DestinationStatus, "tags">): ReactNode {
  const words = usePagesWords();
  const rest = [
    tags.behind > 0 && words("pages.tags-behind", { count: tags.behind }),
    tags.failed > 0 && words("pages.tags-failed", { count: tags.failed }),
  ].filter((part) => part !== false);
  return (
    <>
      {words("pages.tags-in-step", { inStep: tags.in_step, total: tags.total })}
      {rest.length > 0 && <span className="block text-warning">{rest.join(" · ")}</span>}
    </>
  );
}

const TONES: Readonly<Record<MirrorStatus["status"], Tone>> = {
  success: "good",
  syncing: "accent",
  failed: "bad",
  paused: "neutral",
  unknown: "neutral",
};

function StatusBadge({ status }: Pick<MirrorStatus, "status">): ReactNode {
  const words = usePagesWords();
  return <Badge tone={TONES[status]}>{words(`pages.mirror.${status}`)}</Badge>;
}
