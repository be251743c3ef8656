import type { ReactNode } from "react";
import type { MirrorShape, TagRowShape } from "../../../src/daemon/api/shapes.ts";
import { Badge, type Tone } from "../../shared/components/badge.tsx";
import { Code } from "../../shared/components/code.tsx";
import { useWords } from "../frame/words.ts";
import { Digest } from "../parts/digest.tsx";
import { Moment } from "../parts/moment.tsx";
import { ErrorText } from "../parts/problem.tsx";
import { SyncButton } from "../parts/sync-button.tsx";
import { type TagAtDestination, tagOf } from "./repositories.ts";

const TONES: Readonly<Record<TagAtDestination["state"], Tone>> = {
  "in-step": "good",
  behind: "warning",
  failed: "bad",
};

export interface TagCellProps {
  readonly mirror: MirrorShape;
  readonly row: TagRowShape;
  /** The tag at one destination; it may have more than one name there. */
  readonly here: readonly TagAtDestination[];
}

/** One tag at one destination: the same as the source, or what else, since when and why. */
export function TagCell({ mirror, row, here }: TagCellProps): ReactNode {
  const words = useWords();
  if (here.length === 0) return <span className="text-muted">–</span>;
  return (
    <div className="flex flex-col gap-3">
      {here.map(({ destination, state, digest, checkedAt, behindSince, error }) => (
        <div key={destination} className="flex flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone={TONES[state]}>{words(`dashboard.tag.${state}`)}</Badge>
            {digest !== undefined && (
              <Digest
                digest={digest}
                className={digest === row.sourceDigest ? "text-muted" : "font-semibold text-bad"}
              />
            )}
            {digest === undefined && state !== "in-step" && (
              <span className="text-muted">{words("dashboard.tag.absent")}</span>
            )}
          </div>
          {tagOf(destination) !== row.tag && <Code>:{tagOf(destination)}</Code>}
          {state !== "in-step" && (
            <p className="text-xs/5 text-muted">
              {words("dashboard.tag.since")} <Moment at={behindSince ?? checkedAt} />
            </p>
          )}
          {error !== undefined && (
            <div className="text-xs/5">
              <ErrorText error={error} />
            </div>
          )}
          {state !== "in-step" && (
            <SyncButton small kind="quiet" className="-ml-3 self-start" mirror={mirror} tags={[row.tag]} />
          )}
        </div>
      ))}
    </div>
  );
}
