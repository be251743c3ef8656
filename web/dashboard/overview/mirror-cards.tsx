import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { useWords } from "../frame/words.ts";
import { Moment } from "../parts/moment.tsx";
import { SyncButton } from "../parts/sync-button.tsx";
import { TagCounts } from "../parts/tag-counts.tsx";
import { Lag, LastBytes, LimitLeft, MirrorName, State, Way } from "./mirror-parts.tsx";

/** The same as the table, where there is no room for one. */
export function MirrorCards({ mirrors }: { readonly mirrors: readonly MirrorShape[] }): ReactNode {
  const words = useWords();
  return (
    <ul aria-label={words("dashboard.mirrors")} className="grid gap-3 md:grid-cols-2">
      {mirrors.map((mirror) => (
        <Card key={mirror.name} mirror={mirror} />
      ))}
    </ul>
  );
}

function Card({ mirror }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  const facts = [
    { name: "lag", value: <Lag mirror={mirror} /> },
    { name: "last-success", value: <Moment at={mirror.lastSuccessAt} /> },
    { name: "next-run", value: <Moment at={mirror.nextRunAt} /> },
    { name: "bytes", value: <LastBytes mirror={mirror} /> },
    { name: "limit", value: <LimitLeft mirror={mirror} /> },
  ] as const;
  return (
    <li className="relative flex min-w-0 flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="flex min-w-0 flex-col gap-1.5">
          <MirrorName mirror={mirror} />
          <State mirror={mirror} />
        </div>
        <SyncButton small className="relative z-1" mirror={mirror} />
      </div>
      <Way mirror={mirror} />
      <div className="text-sm">
        <TagCounts tags={mirror.tags} />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-xs/5 text-muted">{words(`dashboard.column.${name}`)}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
