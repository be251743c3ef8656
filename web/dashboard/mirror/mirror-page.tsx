import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { Address } from "../../shared/components/code.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { Charts } from "../charts/charts.tsx";
import { useAnswer } from "../data/use-answer.ts";
import { hrefOf } from "../frame/route.ts";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { ErrorText } from "../parts/problem.tsx";
import { HealthBadge, OpenRun } from "../parts/state-badges.tsx";
import { SyncButton } from "../parts/sync-button.tsx";
import { MirrorFacts } from "./mirror-facts.tsx";
import { Runs } from "./runs.tsx";
import { TagTable } from "./tag-table.tsx";
import { Targets } from "./targets.tsx";

/** One mirror: how it is by digest, how well it keeps its targets, and what was run. */
export function MirrorPage({ name }: { readonly name: string }): ReactNode {
  const words = useWords();
  const mirror = useAnswer<MirrorShape>(`mirrors/${encodeURIComponent(name)}`, name);
  const { answer } = mirror;
  return (
    <>
      <PageTitle
        title={name}
        above={[{ href: hrefOf({ page: "overview" }), text: words("dashboard.mirrors") }]}
        state={
          answer !== undefined && (
            <>
              <HealthBadge health={answer.health} />
              <OpenRun mirror={answer} />
            </>
          )
        }
        lead={answer === undefined ? "\u00a0" : <Way mirror={answer} />}
      >
        {answer !== undefined && (
          <SyncButton
            kind="primary"
            mirror={answer}
            onQueued={({ run }) => location.assign(hrefOf({ page: "run", id: run.id }))}
          />
        )}
      </PageTitle>
      <Loaded of={mirror}>
        {(shape) => (
          <div className="flex flex-col gap-10">
            <div className="flex flex-col gap-4">
              <LastError mirror={shape} />
              <MirrorFacts mirror={shape} />
              <Targets targets={shape.targets} />
            </div>
            <TagTable mirror={shape} />
            <Charts mirror={shape} />
            <Runs mirror={name} />
          </div>
        )}
      </Loaded>
    </>
  );
}

function Way({ mirror: { source, destinations } }: { readonly mirror: MirrorShape }): ReactNode {
  return (
    <>
      <Address address={source} />
      {destinations.map((destination) => (
        <div key={destination} className="flex gap-1.5">
          <span aria-hidden="true">→</span>
          <Address address={destination} />
        </div>
      ))}
    </>
  );
}

/** Why the last run came to nothing, where it did. */
function LastError({ mirror: { lastRun } }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  if (lastRun?.error === undefined || lastRun.state === "cancelled") return null;
  return (
    <Notice tone="bad" title={words("dashboard.last-run.failed")}>
      <ErrorText error={lastRun.error} />
      <a href={hrefOf({ page: "run", id: lastRun.id })} className="font-medium underline">
        {words("dashboard.log.open")}
      </a>
    </Notice>
  );
}
