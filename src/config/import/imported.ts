import type { Notice } from "../notice.ts";

/** The outcome of an import. */
export interface ImportedConfig {
  /** The text of a `slipway.yaml` that does the same. */
  readonly yaml: string;
  /** What could not be carried over, and what has to be done by hand, with the places of the old file. */
  readonly notices: readonly Notice[];
}
