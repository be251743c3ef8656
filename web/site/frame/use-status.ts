import { useEffect, useState } from "react";
import { loadStatus, type StatusAnswer } from "./load.ts";

/** How often a page that is looked at asks again. */
export const REFRESH_MILLISECONDS = 60_000;

/** The mirrors' status, asked for as the page opens, every minute while it is seen, and when it is seen again. */
export function useStatus(address: string | undefined): StatusAnswer {
  const [answer, setAnswer] = useState<StatusAnswer>({ kind: "waiting" });
  useEffect(() => {
    let isGone = false;
    async function ask(): Promise<void> {
      if (document.visibilityState === "hidden") return;
      const next = await loadStatus(address);
      // A status that could be had once is better than none: it says itself how old it is.
      if (!isGone) setAnswer((before) => (next.kind === "failed" && before.kind === "status" ? before : next));
    }
    void ask();
    const timer = setInterval(ask, REFRESH_MILLISECONDS);
    document.addEventListener("visibilitychange", ask);
    return () => {
      isGone = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [address]);
  return answer;
}
