import type { ReactNode } from "react";
import { type Ranked, reasonText, speaks } from "../../../src/site/sources/index.ts";
import { Button } from "../../shared/components/button.tsx";
import { classNames } from "../../shared/components/class-names.ts";
import { formatTime } from "../../shared/format.ts";
import { useLanguage, useLocal } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import type { Knowledge } from "../measuring/use-recommendation.ts";

export interface RecommendationPanelProps {
  readonly knowledge: Knowledge;
  /** More to do than to measure again. */
  readonly children?: ReactNode;
}

/** Which source is recommended, why, by what, and when that was measured. */
export function RecommendationPanel({ knowledge, children }: RecommendationPanelProps): ReactNode {
  const words = usePagesWords();
  const { isMeasuring, measureAgain, recommendation } = knowledge;
  const best = recommendation.ranked.find(({ source }) => source.id === recommendation.recommended);
  return (
    <section
      aria-live="polite"
      aria-busy={isMeasuring}
      className="rounded-card bg-accent-soft px-4 py-4 text-sm sm:px-5"
    >
      {best === undefined ? words("pages.recommend.none") : <Best best={best} knowledge={knowledge} />}
      <p className="mt-3 text-muted">
        <MeasuredAt knowledge={knowledge} />
      </p>
      <div className="mt-2 -ml-3 flex flex-wrap gap-1">
        <Button small kind="quiet" icon="refresh" disabled={isMeasuring} onClick={measureAgain}>
          {words("pages.measure-again")}
        </Button>
        {children}
      </div>
    </section>
  );
}

function Best({ best, knowledge }: { readonly best: Ranked; readonly knowledge: Knowledge }): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  const local = useLocal();
  const isMeasured = knowledge.recommendation.measuredAt !== undefined;
  return (
    <>
      <p className="text-base">
        {words(isMeasured ? "pages.recommend.network" : "pages.recommend.place")}
        <strong className="font-semibold">{local(best.source.name)}</strong>
      </p>
      <ul className="mt-2 flex flex-col gap-0.5">
        {best.reasons.map((reason) => (
          <li key={reason.key} className="flex gap-2">
            <span aria-hidden="true" className={classNames("w-3 shrink-0", MARKS[speaks(reason)].className)}>
              {MARKS[speaks(reason)].mark}
            </span>
            <span className="min-w-0 wrap-anywhere first-letter:uppercase">{reasonText(reason, language)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const MARKS = {
  for: { mark: "+", className: "font-semibold text-good" },
  against: { mark: "−", className: "font-semibold text-warning" },
  neither: { mark: "·", className: "text-muted" },
} as const;

function MeasuredAt({ knowledge }: { readonly knowledge: Knowledge }): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  const { measuredAt } = knowledge.recommendation;
  if (knowledge.isMeasuring) return words("pages.measuring");
  if (measuredAt === undefined) return words("pages.not-measured");
  return words("pages.measured-at", { time: formatTime(language, measuredAt) });
}
