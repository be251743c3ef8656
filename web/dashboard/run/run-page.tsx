import { type ReactNode, useEffect, useRef } from "react";
import type { RunShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Code } from "../../shared/components/code.tsx";
import { CopyButton } from "../../shared/components/copy-button.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { useSharedWords } from "../../shared/language.tsx";
import { useAction } from "../data/use-action.ts";
import { useAsk } from "../data/use-ask.ts";
import { useRun } from "../data/use-run.ts";
import { hrefOf } from "../frame/route.ts";
import { useSession } from "../frame/session.tsx";
import { useWords } from "../frame/words.ts";
import { PageTitle } from "../parts/page-title.tsx";
import { ErrorText, Problem } from "../parts/problem.tsx";
import { RunBadge } from "../parts/state-badges.tsx";
import { RunLog } from "./run-log.tsx";
import { RunProgress } from "./run-progress.tsx";

/** One run, while it goes on and afterwards. */
export function RunPage({ id }: { readonly id: string }): ReactNode {
  const words = useWords();
  const shared = useSharedWords();
  const watched = useRun(id);
  const { run, refused } = watched;
  useEnd(run);
  const overview = { href: hrefOf({ page: "overview" }), text: words("dashboard.mirrors") };
  if (run === undefined) {
    return (
      <>
        <PageTitle title={words("dashboard.run")} above={[overview]} />
        {refused === undefined ? <p className="text-muted">{shared("web.loading")}</p> : <Problem refused={refused} />}
      </>
    );
  }
  const { mirror } = run;
  return (
    <>
      <PageTitle
        title={words("dashboard.run.of", { mirror })}
        above={[overview, { href: hrefOf({ page: "mirror", name: mirror }), text: mirror }]}
        state={<RunBadge state={run.state} />}
        lead={<Code>{id}</Code>}
      >
        <CopyButton text={location.href}>{words("dashboard.copy-link")}</CopyButton>
        <Cancel run={run} />
      </PageTitle>
      <div className="flex flex-col gap-6">
        {run.error !== undefined && (
          <Notice tone={run.state === "cancelled" ? "neutral" : "bad"}>
            <ErrorText error={run.error} />
          </Notice>
        )}
        <RunProgress run={run} />
        <RunLog watched={watched} run={run} />
      </div>
    </>
  );
}

/** Tells that a run has ended that was seen going on. */
function useEnd(run: RunShape | undefined): void {
  const words = useWords();
  const announce = useAnnounce();
  const wasOpen = useRef(false);
  const state = run?.state;
  useEffect(() => {
    if (state === undefined) return;
    const isOpen = state === "queued" || state === "running";
    if (wasOpen.current && !isOpen) announce(words("dashboard.run.ended", { state: words(`dashboard.run.${state}`) }));
    wasOpen.current = isOpen;
  }, [state, announce, words]);
}

function Cancel({ run: { id, state } }: { readonly run: RunShape }): ReactNode {
  const words = useWords();
  const ask = useAsk();
  const { isOperator } = useSession();
  const { isBusy, act } = useAction();
  if (!isOperator || (state !== "queued" && state !== "running")) return null;
  const cancel = () => act(() => ask(`runs/${encodeURIComponent(id)}/cancel`, { method: "POST" }));
  return (
    <Button kind="danger" icon="close" disabled={isBusy} onClick={cancel}>
      {words("dashboard.cancel")}
    </Button>
  );
}
