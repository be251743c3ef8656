import type { ReactNode } from "react";
import { isOffered, useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { useRecommendation } from "../measuring/use-recommendation.ts";
import { PageSection } from "../parts/page-section.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { RecommendationPanel } from "../parts/recommendation.tsx";
import { Comparison } from "./comparison.tsx";
import { Questions } from "./questions.tsx";
import { RegistryPages } from "./registry-pages.tsx";
import { Switching } from "./switching.tsx";
import { Verifying } from "./verifying.tsx";

/** The sources side by side, which one to take, and how to change to it and to trust it. */
export function SourcesPage(): ReactNode {
  const site = useSite();
  const words = usePagesWords();
  const knowledge = useRecommendation();
  const tag = site.tags[0] ?? "latest";
  const offered = site.sources.filter(isOffered);
  const first = knowledge.recommendation.recommended;
  return (
    <>
      <PageTitle title={words("pages.sources")} lead={words("pages.sources.lead")} />
      <div className="flex flex-col gap-14">
        <div className="flex flex-col gap-6">
          <RecommendationPanel knowledge={knowledge} />
          <Comparison knowledge={knowledge} />
        </div>
        {first !== undefined && (
          <PageSection id="switch" title={words("pages.switch")} lead={words("pages.switch.lead")}>
            <Switching sources={offered} first={first} tag={tag} />
          </PageSection>
        )}
        {offered.length > 0 && (
          <PageSection id="verify" title={words("pages.verify")} lead={words("pages.verify.lead")}>
            <Verifying sources={offered} tag={tag} />
          </PageSection>
        )}
        <Questions />
        <RegistryPages />
      </div>
    </>
  );
}
