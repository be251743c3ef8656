import type { ReactNode } from "react";
import { Notice } from "../../shared/components/notice.tsx";
import { formatAgo } from "../../shared/format.ts";
import { useLanguage, useSharedWords } from "../../shared/language.tsx";
import { useNow } from "../../shared/use-now.ts";
import type { StatusAnswer } from "../frame/load.ts";
import { useSite } from "../frame/site.tsx";
import { useStatus } from "../frame/use-status.ts";
import { usePagesWords } from "../frame/words.ts";
import { PageTitle } from "../parts/page-title.tsx";
import { MirrorCard } from "./mirror-card.tsx";

/** How the mirrors are now, by the daemon that keeps them; nothing is claimed where there is none. */
export function StatusPage(): ReactNode {
  const words = usePagesWords();
  const answer = useStatus(useSite().status);
  return (
    <>
      <PageTitle title={words("pages.status")} lead={words("pages.status.lead")} />
      <Answer answer={answer} />
    </>
  );
}

function Answer({ answer }: { readonly answer: StatusAnswer }): ReactNode {
  const words = usePagesWords();
  const shared = useSharedWords();
  const { language } = useLanguage();
  const now = useNow();
  switch (answer.kind) {
    case "waiting":
      return <p className="text-muted">{shared("web.loading")}</p>;
    case "unconfigured":
      return <Notice title={words("pages.status.none")}>{words("pages.status.none.help")}</Notice>;
    case "failed":
      return (
        <Notice tone="warning" title={words("pages.status.failed")}>
          {words("pages.status.failed.help", { reason: answer.reason })}
        </Notice>
      );
    case "status": {
      const { mirrors, generated_ts } = answer.status;
      return (
        <div className="flex flex-col gap-6">
          <p className="text-sm text-muted">
            {words("pages.status.generated", { ago: formatAgo(language, generated_ts * 1000, now) })}
          </p>
          {mirrors.length === 0 && <Notice title={words("pages.status.empty")} />}
          {mirrors.map((mirror) => (
            <MirrorCard key={mirror.name} mirror={mirror} now={now} />
          ))}
        </div>
      );
    }
  }
}
