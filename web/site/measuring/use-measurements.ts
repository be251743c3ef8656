import { useCallback, useEffect, useState } from "react";
import type { Source } from "../../../src/site/model.ts";
import type { Measurement } from "../../../src/site/sources/index.ts";
import { measure } from "./measure.ts";

export interface Measuring {
  readonly measurements: readonly Measurement[];
  readonly isMeasuring: boolean;
  readonly measureAgain: () => void;
}

/** Measures once the page has nothing better to do, and again when it is asked to. */
export function useMeasurements(sources: readonly Source[]): Measuring {
  const [measurements, setMeasurements] = useState<readonly Measurement[]>([]);
  const [isMeasuring, setMeasuring] = useState(true);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is another measurement.
  useEffect(() => {
    const gone = new AbortController();
    setMeasuring(true);
    const cancel = whenIdle(async () => {
      const measured = await measure(sources, gone.signal);
      if (gone.signal.aborted) return;
      setMeasurements(measured);
      setMeasuring(false);
    });
    return () => {
      gone.abort();
      cancel();
    };
  }, [sources, round]);
  return { measurements, isMeasuring, measureAgain: useCallback(() => setRound((before) => before + 1), []) };
}

/** Safari has no idle time to offer: https://developer.mozilla.org/docs/Web/API/Window/requestIdleCallback */
function whenIdle(work: () => void): () => void {
  if ("requestIdleCallback" in window) {
    const handle = requestIdleCallback(work, { timeout: 2000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, 200);
  return () => clearTimeout(timer);
}
