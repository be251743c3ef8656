import type { ReactNode } from "react";
import type { OverviewShape } from "../../../src/daemon/api/shapes.ts";
import { useAnswer } from "../data/use-answer.ts";
import { useMirrors } from "../data/use-mirrors.ts";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { DaemonLine } from "./daemon-line.tsx";
import { Incidents } from "./incidents.tsx";
import { MirrorList } from "./mirror-list.tsx";

/** How all mirrors are, and what needs somebody. */
export function OverviewPage(): ReactNode {
  const words = useWords();
  const overview = useAnswer<OverviewShape>("overview");
  const mirrors = useMirrors();
  return (
    <>
      <PageTitle title={words("dashboard.mirrors")} lead={overview.answer?.project ?? "\u00a0"} />
      <div className="flex flex-col gap-6">
        {overview.answer !== undefined && <Incidents overview={overview.answer} />}
        <Loaded of={mirrors}>{(answer) => <MirrorList mirrors={answer} />}</Loaded>
        {overview.answer !== undefined && <DaemonLine overview={overview.answer} />}
      </div>
    </>
  );
}
