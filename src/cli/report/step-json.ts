import { remarkText } from "../../release/remark.ts";
import type { StepOutcome } from "../../release/step.ts";
import type { Words } from "../../words/words.ts";
import { type FailureJson, failureJson } from "../output/failure.ts";

/** What became of a step, for programs. */
export interface StepJson {
  readonly step: string;
  readonly subject?: string;
  readonly status: StepOutcome["status"];
  /** A stable word for what was found or done. */
  readonly remark?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** The remark, for people. */
  readonly text?: string;
  readonly error?: FailureJson;
  /** It failed where nothing required depends on it. */
  readonly tolerated?: boolean;
}

export function stepJson(outcome: StepOutcome, words: Words): StepJson {
  const { step, subject, status } = outcome;
  const name = { step, ...(subject !== undefined && { subject }), status };
  if (outcome.status === "failed") {
    return { ...name, error: failureJson(outcome.error, words), tolerated: outcome.tolerated };
  }
  const { key, facts } = outcome.remark;
  return { ...name, remark: key.replace(/^remark\./, ""), facts, text: remarkText(outcome.remark, words.language) };
}
