/** What a message is about. `interrupted` is a failure whose cause is known. */
export type State = "failed" | "interrupted" | "partial" | "recovered" | "released" | "succeeded" | "test";

/** One thing that a message tells: a stable name for programs, a label and a value for people. */
export interface Fact {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** A page to look at. */
export interface Link {
  readonly text: string;
  /** `https://…` */
  readonly url: string;
}

/** One message, for every kind of channel. All texts are plain: each channel makes of them what it shows. */
export interface Message {
  /** The same for every try, so that a receiver can drop what comes twice. Holds no full stop: it is signed with one. */
  readonly id: string;
  /** For programs: `slipway.release.failed`. */
  readonly type: string;
  readonly time: Date;
  readonly state: State;
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly lines: readonly string[];
  readonly links: readonly Link[];
  /** What stands at the end of a message that had to be cut. */
  readonly cutMark: string;
  /** The same for programs; only webhooks carry it. */
  readonly data: Readonly<Record<string, unknown>>;
}

const MARKS: Readonly<Record<State, string>> = {
  failed: "❌",
  interrupted: "❌",
  partial: "⚠️",
  recovered: "✅",
  released: "🚀",
  succeeded: "✅",
  test: "🔔",
};

/** The title with a sign that tells its state at a glance. */
export function markedTitle({ state, title }: Message): string {
  return `${MARKS[state]} ${title}`;
}

/** Facts, then lines, one a line of the result. */
export function textLines({ facts, lines }: Message): readonly string[] {
  return [...facts.map(({ label, value }) => `${label}: ${value}`), ...lines];
}
