import type { TagRule } from "../../metadata/index.ts";
import type { Remark, RuleName, Severity } from "./finding.ts";
import type { Workflow } from "./model/workflow.ts";

/** What is known besides the file; all of it may be unknown. */
export interface LintContext {
  /** What `slipway.yaml` says of the images. */
  readonly contract?: Contract;
  /** Whether a file that bears Slipway's header is not as Slipway wrote it. */
  readonly isEdited?: (name: string, text: string) => boolean;
}

/** The image's names and tags, by the configuration. */
export interface Contract {
  /** Repositories with their registry: `docker.io/acme/app`. */
  readonly images: readonly string[];
  readonly tags: readonly TagRule[];
}

/** One thing that a workflow can get wrong. */
export interface Rule {
  readonly name: RuleName;
  readonly severity: Severity;
  /** The page that gives the reason. */
  readonly link: string;
  /** What is wrong with a workflow by this rule. Pure. */
  readonly check: (workflow: Workflow, context: LintContext) => Iterable<Remark>;
}
