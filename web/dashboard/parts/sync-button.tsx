import type { ReactNode } from "react";
import type { MirrorShape, QueuedShape } from "../../../src/daemon/api/shapes.ts";
import { Button, type ButtonProps } from "../../shared/components/button.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { useAction } from "../data/use-action.ts";
import { useAsk } from "../data/use-ask.ts";
import { useSession } from "../frame/session.tsx";
import { useWords } from "../frame/words.ts";

export interface SyncButtonProps extends Pick<ButtonProps, "small" | "kind" | "className"> {
  readonly mirror: Pick<MirrorShape, "name">;
  /** Only these; left out: all that the mirror means. */
  readonly tags?: readonly string[];
  readonly onQueued?: (queued: QueuedShape) => void;
}

/** Brings a mirror in step now. Only operators see it. */
export function SyncButton({ mirror: { name }, tags, onQueued, ...look }: SyncButtonProps): ReactNode {
  const words = useWords();
  const ask = useAsk();
  const announce = useAnnounce();
  const { isOperator } = useSession();
  const { isBusy, act } = useAction();
  if (!isOperator) return null;
  async function sync(): Promise<void> {
    const path = `mirrors/${encodeURIComponent(name)}/sync`;
    const body = tags === undefined ? {} : { tags };
    const queued = await act(() => ask<QueuedShape>(path, { method: "POST", body }));
    if (queued === undefined) return;
    announce(words(queued.isNew ? "dashboard.sync.queued" : "dashboard.sync.joined", { mirror: name }));
    onQueued?.(queued);
  }
  const text = words(tags === undefined ? "dashboard.sync" : "dashboard.sync.tag");
  const label = `${text}: ${tags === undefined ? name : tags.join(", ")}`;
  return (
    <Button {...look} icon="refresh" disabled={isBusy} aria-label={label} onClick={sync}>
      {text}
    </Button>
  );
}
