import type { Document } from "yaml";
import type { RepositoryName } from "../../github/index.ts";
import type { FoundBuild, FoundRelease, FoundSchedule } from "./found.ts";

/** One of `registries:`. */
export interface ProposedRegistry {
  readonly name: string;
  /** A repository; or a registry, for credentials alone. */
  readonly image: string;
  readonly username?: string;
  readonly password?: string;
}

/** What becomes a `slipway.yaml`. */
export interface Proposal {
  readonly name: string;
  readonly repository?: RepositoryName;
  readonly registries: readonly ProposedRegistry[];
  /** Left out: there is nothing to build, or nothing to say of it. */
  readonly build?: FoundBuild;
  /** Empty where nothing is published. */
  readonly tags: readonly string[];
  readonly flavor: readonly string[];
  readonly release?: FoundRelease;
  /** Documents with `mirrors:` and `hosts:`, as the importers write them. */
  readonly imported: readonly Document[];
  readonly schedule?: FoundSchedule;
  /** Slipway's Action, as workflows pin it. */
  readonly action?: string;
}

/** The tags that are proposed where none were found. */
export const USUAL_TAGS = ["{{version}}", "{{major}}.{{minor}}", "latest"] as const;
