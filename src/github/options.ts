import type { GitHubEvent } from "./events.ts";
import type { RepositoryName } from "./repository-name.ts";

/** Names and values, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How often and how patiently a request that may be repeated is. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** The wait after the first failure, in milliseconds; it doubles each time, and is shortened at random. */
  readonly baseMilliseconds: number;
  /** The longest wait, also where GitHub asks for more. */
  readonly longestMilliseconds: number;
}

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, baseMilliseconds: 500, longestMilliseconds: 60_000 };

/** How long GitHub may keep silent, in milliseconds. */
export interface Silence {
  /** Until an answer begins, and between two pieces of it. */
  readonly answerMilliseconds: number;
  /** The same for uploads, and between two pieces that it takes. */
  readonly uploadMilliseconds: number;
}

export const DEFAULT_SILENCE: Silence = { answerMilliseconds: 60_000, uploadMilliseconds: 600_000 };

/** What it takes to talk to GitHub about one repository. */
export interface GitHubOptions {
  /** Without one, only what is public can be read. */
  readonly token?: string;
  /** Where the token came from, for errors: `GITHUB_TOKEN`. */
  readonly tokenOrigin?: string;
  /** GITHUB_API_URL. Default `https://api.github.com`. */
  readonly apiUrl?: string;
  readonly repository: RepositoryName;
  readonly userAgent: string;
  /** Names the proxy: HTTPS_PROXY, ALL_PROXY, NO_PROXY. Default `process.env`. */
  readonly environment?: Environment;
  /** PEM text of an authority to trust besides the machine's, for an Enterprise server. */
  readonly ca?: string;
  readonly signal?: AbortSignal;
  readonly tell?: (event: GitHubEvent) => void;
  readonly retry?: Partial<RetryPolicy>;
  readonly silence?: Partial<Silence>;
}
