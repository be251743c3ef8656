import type { FieldValue } from "../../../src/site/compose/form.ts";
import type { Answers, Edition, SecretsPlace } from "../../../src/site/compose/index.ts";

/** What the builder knows of its reader. Secrets among the values live here, and nowhere that outlasts the page. */
export interface BuilderState {
  readonly answers: Answers;
  /** False: the source follows the recommendation. */
  readonly hasChosenSource: boolean;
  /** Fields that the reader has left; problems of others are not told yet. */
  readonly left: ReadonlySet<string>;
  /** The reader wanted the file: every problem is told. */
  readonly wantsFile: boolean;
}

export type BuilderAction =
  | { readonly kind: "recommended" | "source"; readonly source: string }
  | { readonly kind: "edition"; readonly edition: Edition }
  | { readonly kind: "value"; readonly field: string; readonly value: FieldValue }
  | { readonly kind: "secrets"; readonly place: SecretsPlace }
  | { readonly kind: "left"; readonly field: string }
  | { readonly kind: "wants-file" }
  /** From a file or a link. */
  | { readonly kind: "opened"; readonly answers: Answers; readonly hasChosenSource: boolean };

export function initialState(answers: Answers, hasChosenSource: boolean): BuilderState {
  return { answers, hasChosenSource, left: new Set(), wantsFile: false };
}

export function reduce(state: BuilderState, action: BuilderAction): BuilderState {
  const { answers } = state;
  switch (action.kind) {
    case "recommended":
      return state.hasChosenSource ? state : { ...state, answers: { ...answers, source: action.source } };
    case "source":
      return { ...state, hasChosenSource: true, answers: { ...answers, source: action.source } };
    case "edition":
      return { ...state, answers: { ...answers, edition: action.edition } };
    case "value":
      return { ...state, answers: { ...answers, values: { ...answers.values, [action.field]: action.value } } };
    case "secrets":
      return { ...state, answers: { ...answers, secrets: action.place } };
    case "left":
      return { ...state, left: new Set(state.left).add(action.field) };
    case "wants-file":
      return { ...state, wantsFile: true };
    case "opened":
      return initialState(action.answers, action.hasChosenSource);
  }
}
