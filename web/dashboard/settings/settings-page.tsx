import type { ReactNode } from "react";
import type { OverviewShape } from "../../../src/daemon/api/shapes.ts";
import { useAnswer } from "../data/use-answer.ts";
import { useSession } from "../frame/session.tsx";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { Section } from "../parts/section.tsx";
import { Appearance } from "./appearance.tsx";
import { Configuration } from "./configuration.tsx";
import { Tokens } from "./tokens.tsx";
import { Workers } from "./workers.tsx";

/** The configuration that counts, who may ask, and the machinery. */
export function SettingsPage(): ReactNode {
  const words = useWords();
  const { isOperator } = useSession();
  const overview = useAnswer<OverviewShape>("overview");
  return (
    <>
      <PageTitle title={words("dashboard.settings")} />
      <div className="flex flex-col gap-10">
        <Loaded of={overview}>{(answer) => <Configuration overview={answer} onReload={overview.again} />}</Loaded>
        {isOperator ? (
          <Tokens />
        ) : (
          <Section title={words("dashboard.tokens")}>
            <p className="text-muted">{words("dashboard.tokens.operators-only")}</p>
          </Section>
        )}
        {overview.answer !== undefined && <Workers overview={overview.answer} />}
        <Appearance />
      </div>
    </>
  );
}
