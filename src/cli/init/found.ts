import type { ImportedConfig } from "../../config/import/imported.ts";
import { SlipwayError } from "../../words/error.ts";
import type { LeftOut } from "./say.ts";

/** An account at a registry. */
export interface FoundLogin {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** How an image is built, by the keys of `build:`. */
export interface FoundBuild {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly target?: string;
  readonly platforms?: readonly string[];
  readonly args?: Readonly<Record<string, string>>;
  readonly paths?: readonly string[];
}

/** What a release is made of, by the keys of `release:`. */
export interface FoundRelease {
  readonly github?: string;
  readonly name?: string;
  readonly assets?: readonly string[];
  readonly notes?: string;
}

/** When an existing workflow mirrors, by the keys of `workflows.sync:`. */
export interface FoundSchedule {
  readonly cron?: readonly string[];
  readonly branches: readonly string[];
}

/** What a repository's existing set-ups say, as `slipway.yaml` would have it. */
export interface Found {
  /** Files that something was taken from. */
  readonly files: Set<string>;
  readonly logins: FoundLogin[];
  /** Repositories, in the order of their workflows. */
  readonly images: string[];
  /** Rules for tags. */
  readonly tags: string[];
  readonly flavor: string[];
  readonly builds: FoundBuild[];
  readonly releases: FoundRelease[];
  readonly schedules: FoundSchedule[];
  readonly imports: ImportedConfig[];
  /** What could not be carried over. */
  readonly left: LeftOut[];
}

export function nothingFound(): Found {
  return {
    files: new Set(),
    logins: [],
    images: [],
    tags: [],
    flavor: [],
    builds: [],
    releases: [],
    schedules: [],
    imports: [],
    left: [],
  };
}

/** Takes what a file says; one that its reader refuses is passed over, and said. */
export function reading(file: string, found: Found, read: () => void): void {
  try {
    read();
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    found.left.push({ key: "init.unreadable", file, reason: thrown.message });
  }
}

/** Adds what is not there yet. */
export function addNew<T>(list: T[], ...more: readonly T[]): void {
  for (const one of more) if (!list.includes(one)) list.push(one);
}
