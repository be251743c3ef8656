import type { ReactNode } from "react";
import type { OverviewShape, ReloadShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Code } from "../../shared/components/code.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { useAction } from "../data/use-action.ts";
import { useAsk } from "../data/use-ask.ts";
import { useSession } from "../frame/session.tsx";
import { useWords } from "../frame/words.ts";
import { STORES } from "../overview/daemon-line.tsx";
import { Facts } from "../parts/facts.tsx";
import { Moment } from "../parts/moment.tsx";
import { ErrorText } from "../parts/problem.tsx";
import { Section } from "../parts/section.tsx";

export interface ConfigurationProps {
  readonly overview: OverviewShape;
  readonly onReload: () => void;
}

/** The file, since when it counts, and why a newer one does not. */
export function Configuration({ overview, onReload }: ConfigurationProps): ReactNode {
  const words = useWords();
  const ask = useAsk();
  const announce = useAnnounce();
  const { isOperator } = useSession();
  const { isBusy, act } = useAction();
  const { configuration, project, version, store } = overview;
  async function reload(): Promise<void> {
    const reloaded = await act(() => ask<ReloadShape>("reload", { method: "POST" }));
    if (reloaded === undefined) return;
    announce(
      words(reloaded.error === undefined ? "dashboard.configuration.loaded" : "dashboard.configuration.refused"),
    );
    onReload();
  }
  return (
    <Section
      title={words("dashboard.configuration")}
      lead={words("dashboard.configuration.lead")}
      tools={
        isOperator && (
          <Button small icon="refresh" disabled={isBusy} onClick={reload}>
            {words("dashboard.reload")}
          </Button>
        )
      }
    >
      {configuration.error !== undefined && (
        <Notice tone="bad" title={words("dashboard.configuration.refused")}>
          <ErrorText error={configuration.error} />
        </Notice>
      )}
      <Facts
        facts={[
          { name: words("dashboard.configuration.file"), value: <Code>{configuration.file}</Code> },
          { name: words("dashboard.configuration.since"), value: <Moment at={configuration.loadedAt} /> },
          { name: words("dashboard.project"), value: project },
          { name: words("dashboard.store.kept"), value: STORES[store] },
          { name: words("dashboard.version"), value: `Slipway ${version}` },
        ]}
      />
    </Section>
  );
}
