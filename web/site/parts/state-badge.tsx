import type { ReactNode } from "react";
import type { Source } from "../../../src/site/model.ts";
import { Badge } from "../../shared/components/badge.tsx";
import { usePagesWords } from "../frame/words.ts";

/** Where a source is not as it should be; its reason stands elsewhere. */
export function StateBadge({ source: { state } }: { readonly source: Source }): ReactNode {
  const words = usePagesWords();
  if (state.kind === "active") return null;
  return <Badge tone={state.kind === "paused" ? "neutral" : "warning"}>{words(`pages.state.${state.kind}`)}</Badge>;
}
