import type { ReactNode } from "react";
import type { OverviewShape } from "../../../src/daemon/api/shapes.ts";
import { useWords } from "../frame/words.ts";

/** The machinery, in one quiet line. */
export function DaemonLine({ overview }: { readonly overview: OverviewShape }): ReactNode {
  const words = useWords();
  const { workers, queue, store, version } = overview;
  const parts = [
    words("dashboard.workers.count", { count: workers.length, busy: workers.filter(({ busy }) => busy > 0).length }),
    words("dashboard.queue", { ready: queue.ready, leased: queue.leased }),
    words("dashboard.store", { store: STORES[store] }),
    `Slipway ${version}`,
  ];
  return <p className="text-sm text-muted">{parts.join(" · ")}</p>;
}

export const STORES = { sqlite: "SQLite", postgres: "PostgreSQL" } as const;
