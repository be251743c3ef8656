import type { Publishing } from "../config/slipway/load-config.ts";
import type { CopyEvent } from "../copy/events.ts";
import type { GitHub } from "../github/index.ts";
import type { Spool } from "../target/cache/spool.ts";
import type { LayoutTarget } from "../target/layout.ts";
import type { ReadTarget, TagOrDigest } from "../target/target.ts";
import type { Edition } from "./edition.ts";
import type { Effects } from "./effects.ts";
import type { Outlet } from "./outlets.ts";
import type { StateFolder } from "./state-folder.ts";
import type { Steps, TellStep } from "./step.ts";

/** What is published, wherever it runs. */
export interface Project {
  /** The folder of the configuration: relative paths start here. */
  readonly folder: string;
  readonly name: string;
  readonly publishing: Publishing;
}

/** Everything that the steps of one run work with. */
export interface Run {
  readonly project: Project;
  readonly edition: Edition;
  /** All outlets, the primary first. */
  readonly outlets: readonly Outlet[];
  readonly state: StateFolder;
  /** Where builds go. */
  readonly layout: LayoutTarget;
  readonly effects: Effects;
  readonly steps: Steps;
  readonly tell: TellStep;
  readonly tellCopy: (event: CopyEvent) => void;
  readonly signal: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  /** Opens an image as a person writes it: what `layers` builds on. */
  readonly openImage: (text: string) => Promise<OpenedImage>;
  readonly spool: () => Promise<Spool>;
  readonly release?: ReleasePlaceOf;
  /** See {@link ReleaseWork.pause} and `CopyOptions.patience`; for tests. */
  readonly pause?: number;
  readonly patience?: number;
}

export interface OpenedImage {
  readonly target: ReadTarget;
  readonly reference: TagOrDigest;
}

/** Where the release is made. */
export interface ReleasePlaceOf {
  readonly repository: string;
  readonly github: GitHub;
  /** Whether the commit that is built is one of that repository. */
  readonly isSameRepository: boolean;
}
