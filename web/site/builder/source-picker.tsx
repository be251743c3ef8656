import type { ReactNode } from "react";
import type { Edition } from "../../../src/site/compose/index.ts";
import { comparisonRows } from "../../../src/site/sources/index.ts";
import { buttonClass } from "../../shared/components/button.tsx";
import { RadioCards } from "../../shared/components/radio-cards.tsx";
import { pageAddress, useLanguage } from "../../shared/language.tsx";
import { isOffered, useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import type { Knowledge } from "../measuring/use-recommendation.ts";
import { PageSection } from "../parts/page-section.tsx";
import { RecommendationPanel } from "../parts/recommendation.tsx";
import { SourceDetails, SourceTitle } from "./source-card.tsx";

export interface SourcePickerProps {
  readonly source: string;
  readonly edition: Edition;
  readonly knowledge: Knowledge;
  readonly onChoose: (source: string) => void;
}

/** Where the image comes from: every source with what is known of it, and the one that is recommended. */
export function SourcePicker({ source, edition, knowledge, onChoose }: SourcePickerProps): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  const rows = comparisonRows(useSite(), knowledge.status, language);
  const { recommended } = knowledge.recommendation;
  return (
    <PageSection id="field-source" title={words("pages.builder.source")}>
      <RadioCards
        name="source"
        labelledBy="field-source-title"
        value={source}
        onChoose={onChoose}
        cards={rows.map((row) => ({
          value: row.source.id,
          title: <SourceTitle row={row} isRecommended={row.source.id === recommended} />,
          details: <SourceDetails row={row} edition={edition} way={knowledge.wayTo(row.source.id)} />,
          disabled: !isOffered(row.source),
        }))}
      />
      <RecommendationPanel knowledge={knowledge}>
        <a href={pageAddress("sources.html")} className={buttonClass("quiet", true)}>
          {words("pages.builder.compare")}
        </a>
      </RecommendationPanel>
    </PageSection>
  );
}
