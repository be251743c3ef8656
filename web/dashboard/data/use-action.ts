import { useState } from "react";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { useWords } from "../frame/words.ts";
import { refusalText } from "../parts/problem.tsx";
import { Refused } from "./ask.ts";

export interface Action {
  readonly isBusy: boolean;
  /** Does it, one at a time; a refusal is told, and nothing comes back then. */
  readonly act: <Result>(deed: () => Promise<Result>) => Promise<Result | undefined>;
}

/** Something that a person does with the daemon. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const announce = useAnnounce();
  const words = useWords();
  return {
    isBusy,
    act: async (deed) => {
      if (isBusy) return undefined;
      setBusy(true);
      try {
        return await deed();
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        announce(refusalText(refused, words));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
  };
}
