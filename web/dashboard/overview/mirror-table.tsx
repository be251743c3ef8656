import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { useWords } from "../frame/words.ts";
import { Moment } from "../parts/moment.tsx";
import { SyncButton } from "../parts/sync-button.tsx";
import { TagCounts } from "../parts/tag-counts.tsx";
import { Lag, LastBytes, LimitLeft, MirrorName, State, Way } from "./mirror-parts.tsx";

const COLUMNS = ["mirror", "state", "in-step", "lag", "last-success", "next-run", "bytes", "limit"] as const;

/** A row for each mirror, which leads to its page. */
export function MirrorTable({ mirrors }: { readonly mirrors: readonly MirrorShape[] }): ReactNode {
  const words = useWords();
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{words("dashboard.mirrors")}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="px-3 py-3 font-medium first:pl-4">
                {words(`dashboard.column.${column}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {mirrors.map((mirror) => (
            <Row key={mirror.name} mirror={mirror} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = "px-3 py-3";
/** What breaks only where there is no room. */
const TIME = `${CELL} tabular-nums xl:whitespace-nowrap`;

function Row({ mirror }: { readonly mirror: MirrorShape }): ReactNode {
  return (
    <tr className="relative align-top hover:bg-sunken">
      <th scope="row" className="w-72 max-w-72 min-w-56 px-3 py-3 pl-4">
        <MirrorName mirror={mirror} />
        <Way mirror={mirror} />
      </th>
      <td className={CELL}>
        <State mirror={mirror} />
      </td>
      <td className={`${CELL} min-w-32`}>
        <TagCounts tags={mirror.tags} />
      </td>
      <td className={TIME}>
        <Lag mirror={mirror} />
      </td>
      <td className={TIME}>
        <Moment at={mirror.lastSuccessAt} />
      </td>
      <td className={TIME}>
        <Moment at={mirror.nextRunAt} />
      </td>
      <td className={TIME}>
        <LastBytes mirror={mirror} />
      </td>
      <td className={TIME}>
        <LimitLeft mirror={mirror} />
      </td>
      <td className="px-1 py-2 text-right">
        <SyncButton small kind="quiet" className="relative z-1" mirror={mirror} />
      </td>
    </tr>
  );
}
