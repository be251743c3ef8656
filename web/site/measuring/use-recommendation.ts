import { useMemo } from "react";
import { type Recommendation, recommend, type StatusFile, type Way, wayOf } from "../../../src/site/sources/index.ts";
import type { StatusAnswer } from "../frame/load.ts";
import { useSite } from "../frame/site.tsx";
import { useStatus } from "../frame/use-status.ts";
import { type Measuring, useMeasurements } from "./use-measurements.ts";

/** All that is known of the sources for this visitor. */
export interface Knowledge extends Measuring {
  readonly recommendation: Recommendation;
  readonly statusAnswer: StatusAnswer;
  readonly status: StatusFile | undefined;
  readonly wayTo: (source: string) => Way;
}

/** Judges the sources by what this browser measures, what the daemon tells, and whom each is meant for. */
export function useRecommendation(): Knowledge {
  const { sources, status: address } = useSite();
  const measuring = useMeasurements(sources);
  const statusAnswer = useStatus(address);
  const status = statusAnswer.kind === "status" ? statusAnswer.status : undefined;
  const { measurements } = measuring;
  const recommendation = useMemo(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return recommend({
      sources,
      measurements,
      status,
      visitor: { timeZone, languages: navigator.languages },
      now: Date.now(),
    });
  }, [sources, measurements, status]);
  const wayTo = (id: string) => wayOf(measurements.find(({ source }) => source === id));
  return { ...measuring, recommendation, statusAnswer, status, wayTo };
}
