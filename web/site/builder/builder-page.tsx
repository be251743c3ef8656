import { lazy, type ReactNode, Suspense, useState } from "react";
import type { ComposeForm } from "../../../src/site/compose/form.ts";
import { Button } from "../../shared/components/button.tsx";
import { useLocal } from "../../shared/language.tsx";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { useRecommendation } from "../measuring/use-recommendation.ts";
import { PageTitle } from "../parts/page-title.tsx";
import { EditionPicker } from "./edition-picker.tsx";
import { FilePanel } from "./file-panel.tsx";
import { FormGroups } from "./form-groups.tsx";
import { SourcePicker } from "./source-picker.tsx";
import { useBuilder } from "./use-builder.ts";
import { useToldProblem } from "./use-told-problem.ts";

/** An address that asks for the dialog: other pages lead there. */
const OPEN = "#open";

const OpenDialog = lazy(() => import("./open-dialog.tsx"));

/** Questions on one side, the file that they make on the other. */
export function BuilderPage({ form }: { readonly form: ComposeForm }): ReactNode {
  const site = useSite();
  const words = usePagesWords();
  const local = useLocal();
  const knowledge = useRecommendation();
  const builder = useBuilder(site, form, knowledge.recommendation.recommended);
  const { answers, act } = builder;
  const toldProblem = useToldProblem(builder);
  const [isOpening, setOpening] = useState(() => location.hash === OPEN);
  function close(): void {
    setOpening(false);
    if (location.hash === OPEN) history.replaceState(history.state, "", location.pathname + location.search);
  }
  return (
    <>
      <PageTitle
        title={words("pages.builder.title")}
        lead={site.tagline === undefined ? words("pages.builder.lead") : local(site.tagline)}
      >
        <Button icon="upload" onClick={() => setOpening(true)}>
          {words("pages.builder.open")}
        </Button>
      </PageTitle>
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,28rem)] lg:gap-12">
        <div className="flex min-w-0 flex-col gap-12">
          <SourcePicker
            source={answers.source}
            edition={answers.edition}
            knowledge={knowledge}
            onChoose={(source) => act({ kind: "source", source })}
          />
          <EditionPicker
            edition={answers.edition}
            problem={toldProblem(answers.edition.kind)}
            onChange={(edition) => act({ kind: "edition", edition })}
            onLeave={(field) => act({ kind: "left", field })}
          />
          <FormGroups builder={builder} />
        </div>
        <div className="min-w-0 lg:sticky lg:top-6 lg:flex lg:max-h-[calc(100dvh-3rem)] lg:flex-col lg:self-start">
          <FilePanel builder={builder} />
        </div>
      </div>
      {isOpening && (
        <Suspense>
          <OpenDialog builder={builder} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
