import type { ReactNode } from "react";
import type { OverviewShape } from "../../../src/daemon/api/shapes.ts";
import { Code } from "../../shared/components/code.tsx";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useWords } from "../frame/words.ts";
import { Moment } from "../parts/moment.tsx";
import { Section } from "../parts/section.tsx";

type Worker = OverviewShape["workers"][number];

/** Who does the work, and how much of it waits. */
export function Workers({ overview: { workers, queue } }: { readonly overview: OverviewShape }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const columns: readonly Column<Worker>[] = [
    { id: "worker", header: words("dashboard.worker"), cell: ({ id }) => <Code>{id}</Code> },
    { id: "host", header: words("dashboard.worker.host"), cell: ({ host }) => <Code>{host}</Code> },
    {
      id: "busy",
      header: words("dashboard.worker.busy"),
      alignment: "right",
      cell: ({ busy }) => formatNumber(language, busy),
    },
    { id: "started", header: words("dashboard.worker.started"), cell: ({ startedAt }) => <Moment at={startedAt} /> },
    { id: "seen", header: words("dashboard.worker.seen"), cell: ({ seenAt }) => <Moment at={seenAt} /> },
    { id: "version", header: words("dashboard.version"), cell: ({ version }) => version },
  ];
  return (
    <Section
      title={words("dashboard.workers")}
      lead={words("dashboard.queue", { ready: queue.ready, leased: queue.leased })}
    >
      {workers.length === 0 ? (
        <p className="text-muted">{words("dashboard.workers.none")}</p>
      ) : (
        <DataTable caption={words("dashboard.workers")} columns={columns} rows={workers} keyOf={({ id }) => id} />
      )}
    </Section>
  );
}
