import type { ReactNode } from "react";
import type { MirrorHealth, MirrorShape, RunShape } from "../../../src/daemon/api/shapes.ts";
import { Badge, type Tone } from "../../shared/components/badge.tsx";
import { hrefOf } from "../frame/route.ts";
import { useWords } from "../frame/words.ts";

const HEALTH: Readonly<Record<MirrorHealth, Tone>> = {
  "in-step": "good",
  behind: "warning",
  failing: "bad",
  silent: "warning",
  unknown: "neutral",
};

export function HealthBadge({ health }: { readonly health: MirrorHealth }): ReactNode {
  const words = useWords();
  return <Badge tone={HEALTH[health]}>{words(`dashboard.health.${health}`)}</Badge>;
}

const RUN: Readonly<Record<RunShape["state"], Tone>> = {
  queued: "neutral",
  running: "accent",
  done: "good",
  partial: "warning",
  failed: "bad",
  cancelled: "neutral",
};

export function RunBadge({ state }: Pick<RunShape, "state">): ReactNode {
  const words = useWords();
  return <Badge tone={RUN[state]}>{words(`dashboard.run.${state}`)}</Badge>;
}

/** The run of a mirror that is under way or next, with the way to it. */
export function OpenRun({ mirror: { activeRun, queuedRun } }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  const run = activeRun ?? queuedRun;
  if (run === undefined) return null;
  const { total, ended } = run.jobs;
  return (
    <a href={hrefOf({ page: "run", id: run.id })} className="relative z-1 rounded-full hover:underline">
      <Badge tone="accent">
        {run.state === "running" && total > 1
          ? words("dashboard.run.jobs-of", { ended, total })
          : words(`dashboard.run.${run.state}`)}
      </Badge>
    </a>
  );
}
