import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import type { LineShape, RunShape } from "../../../src/daemon/api/shapes.ts";
import { copyText } from "../../shared/clipboard.ts";
import { Button } from "../../shared/components/button.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { downloadText } from "../../shared/download.ts";
import { formatNumber } from "../../shared/format.ts";
import { useLanguage, useSharedWords } from "../../shared/language.tsx";
import { useAction } from "../data/use-action.ts";
import { useAsk } from "../data/use-ask.ts";
import type { WatchedRun } from "../data/use-run.ts";
import { useWords } from "../frame/words.ts";
import { Section } from "../parts/section.tsx";
import { LogLine } from "./log-line.tsx";
import { wholeLog } from "./log-text.ts";

export interface RunLogProps {
  readonly watched: WatchedRun;
  readonly run: RunShape;
}

/** The log of a run: it follows the end while the run goes on, and stands still for who reads. */
export function RunLog({ watched: { lines, dropped, isLive }, run }: RunLogProps): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const [held, setHeld] = useState<readonly LineShape[]>();
  const box = useRef<HTMLDivElement>(null);
  const shown = held ?? lines;
  const lastShown = shown.at(-1)?.number;
  useLayoutEffect(() => {
    if (held === undefined && lastShown !== undefined) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [held, lastShown]);
  const waiting = held === undefined ? 0 : (lines.at(-1)?.number ?? 0) - (held.at(-1)?.number ?? 0);
  return (
    <Section
      title={words("dashboard.log")}
      lead={words(
        isLive ? "dashboard.log.live" : run.endedAt === undefined ? "dashboard.log.waiting" : "dashboard.log.ended",
      )}
      tools={
        <>
          {(isLive || held !== undefined) && (
            <Button
              small
              aria-pressed={held !== undefined}
              onClick={() => setHeld(held === undefined ? lines : undefined)}
            >
              {held === undefined
                ? words("dashboard.log.pause")
                : words("dashboard.log.follow", { count: formatNumber(language, waiting) })}
            </Button>
          )}
          <LogTools run={run} />
        </>
      }
    >
      <div
        ref={box}
        role="log"
        aria-live="off"
        aria-label={words("dashboard.log")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
        tabIndex={0}
        className="h-[min(36rem,70dvh)] overflow-y-auto overscroll-contain rounded-card border border-line bg-sunken py-2 font-mono text-[0.8125rem]/6"
      >
        {dropped > 0 && (
          <p className="px-4 text-muted">
            {words("dashboard.log.dropped", { count: formatNumber(language, dropped) })}
          </p>
        )}
        {shown.length === 0 && <p className="px-4 text-muted">{words("dashboard.log.none")}</p>}
        <ol>
          {shown.map((line) => (
            <LogLine key={line.number} line={line} />
          ))}
        </ol>
      </div>
    </Section>
  );
}

function LogTools({ run: { id, mirror } }: Pick<RunLogProps, "run">): ReactNode {
  const words = useWords();
  const shared = useSharedWords();
  const ask = useAsk();
  const announce = useAnnounce();
  const { isBusy, act } = useAction();
  async function copy(): Promise<void> {
    const text = await act(() => wholeLog(ask, id));
    if (text !== undefined) announce(shared((await copyText(text)) ? "web.copied" : "web.copy-by-hand"));
  }
  async function download(): Promise<void> {
    const text = await act(() => wholeLog(ask, id));
    if (text !== undefined) downloadText(`${mirror.replace(/[^\w.-]+/g, "-")}-${id}.log`, text);
  }
  return (
    <>
      <Button small icon="copy" disabled={isBusy} onClick={copy}>
        {words("dashboard.log.copy")}
      </Button>
      <Button small icon="download" disabled={isBusy} onClick={download}>
        {words("dashboard.log.download")}
      </Button>
    </>
  );
}
