import { asFailure, type SlipwayError } from "../words/error.ts";
import type { Journal } from "./journal.ts";
import type { Remark } from "./remark.ts";

/** The steps of a release, in their order. */
export const STEPS = [
  "preflight",
  "download",
  "unpack",
  "build",
  "push",
  "compare",
  "draft",
  "assets",
  "publish",
  "floating-tags",
] as const;

export type StepName = (typeof STEPS)[number];

/** What became of a step, or of one part of it. */
export type StepOutcome = {
  readonly step: StepName;
  /** The part of a step that has several: a registry's name, a file's. */
  readonly subject?: string;
} & StepEnding;

export type StepEnding =
  | { readonly status: "done"; readonly remark: Remark }
  /** Nothing was needed, for this reason. */
  | { readonly status: "skipped"; readonly remark: Remark }
  /** `tolerated`: nothing that is required. */
  | { readonly status: "failed"; readonly error: SlipwayError; readonly tolerated: boolean };

export type StepEvent =
  | { readonly kind: "step-begun"; readonly step: StepName; readonly subject?: string }
  | { readonly kind: "step-ended"; readonly outcome: StepOutcome }
  /** Something that the user should know and that stops nothing. */
  | { readonly kind: "notice"; readonly remark: Remark }
  /** A line that a builder printed. */
  | { readonly kind: "builder"; readonly line: string }
  /** Bytes of a download or an upload so far; `size` of all where it is known. */
  | { readonly kind: "bytes"; readonly subject: string; readonly moved: number; readonly size?: number };

export type TellStep = (event: StepEvent) => void;

/** What a step gives when it did not fail. */
export type Went = Exclude<StepEnding, { status: "failed" }>;

export const done = (remark: Remark): Went => ({ status: "done", remark });
export const skipped = (remark: Remark): Went => ({ status: "skipped", remark });

/** Keeps what became of each step, in order, and says it to whoever listens and to the journal. */
export class Steps {
  readonly outcomes: StepOutcome[] = [];
  readonly #journal: Journal;
  readonly #tell: TellStep;

  constructor(journal: Journal, tell: TellStep) {
    this.#journal = journal;
    this.#tell = tell;
  }

  /** Runs a step, and passes its failure on when it has been kept. What comes first is its ending. */
  async run<T>(step: StepName, work: () => Promise<readonly [Went, T]>, subject?: string): Promise<T> {
    const name = { step, ...(subject !== undefined && { subject }) };
    this.#tell({ kind: "step-begun", ...name });
    try {
      const [ending, result] = await work();
      await this.add({ ...name, ...ending });
      return result;
    } catch (thrown) {
      const error = asFailure(thrown);
      await this.add({ ...name, status: "failed", error, tolerated: false });
      throw error;
    }
  }

  /** Runs a part of a step that is only worth a line when it fails. */
  async failing<T>(step: StepName, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const error = asFailure(thrown);
      await this.add({ step, status: "failed", error, tolerated: false });
      throw error;
    }
  }

  async add(outcome: StepOutcome): Promise<void> {
    this.outcomes.push(outcome);
    this.#tell({ kind: "step-ended", outcome });
    await this.#journal.write({
      state: "step",
      step: outcome.subject === undefined ? outcome.step : `${outcome.step} ${outcome.subject}`,
      status: outcome.status,
      ...(outcome.status === "failed" && { code: outcome.error.code }),
    });
  }
}
