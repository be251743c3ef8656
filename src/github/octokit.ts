import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { answerFailure, checkUsable } from "./answer-failure.ts";
import { isHttpError } from "./http-error.ts";
import type { GitHubOptions, RetryPolicy } from "./options.ts";
import { Pause } from "./pause.ts";
import { rateLimitOf } from "./rate-limit.ts";
import { repeating } from "./repeat.ts";
import type { Transport } from "./transport.ts";

const Client = Octokit.plugin(paginateRest);

export type OctokitWithPages = InstanceType<typeof Client>;

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const HEADERS = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface OctokitSetup extends Omit<GitHubOptions, "retry" | "repository"> {
  readonly api: URL;
  readonly transport: Transport;
  readonly retry: RetryPolicy;
}

/**
 * An Octokit whose requests wait while GitHub wants them to, are repeated where that does no harm, and fail with
 * Slipway's errors.
 */
export function makeOctokit({ api, token, transport, retry, signal, tell = () => {}, ...options }: OctokitSetup) {
  const octokit = new Client({
    baseUrl: api.href.replace(/\/$/, ""),
    userAgent: options.userAgent,
    log: SILENT,
    ...(token !== undefined && { auth: token }),
    request: { fetch: transport.fetch, log: SILENT, ...(signal !== undefined && { signal }) },
  });
  const longest = retry.longestMilliseconds;
  const pause = new Pause(longest, (seconds) =>
    tell({ kind: "waiting", host: api.host, seconds, reason: "rate-limit" }),
  );
  octokit.hook.wrap("request", async (request, parameters) => {
    const asked = { ...parameters, headers: { ...parameters.headers, ...HEADERS } };
    const { method, url } = octokit.request.endpoint(asked);
    const { host, origin, pathname } = new URL(url);
    const operation = `${method} ${pathname}`;
    const question = { host, operation, origin: options.tokenOrigin ?? "the token", longestMilliseconds: longest };
    const attempt = async () => {
      await pause.over(signal);
      const started = performance.now();
      const tellOf = (status: number) => {
        const milliseconds = Math.round(performance.now() - started);
        tell({ kind: "request", method, url: origin + pathname, status, milliseconds });
      };
      try {
        const answer = await request(asked);
        tellOf(answer.status);
        checkUsable(answer, question);
        return answer;
      } catch (thrown) {
        if (isHttpError(thrown)) tellOf(thrown.status);
        const error = answerFailure(thrown, question);
        const limit = rateLimitOf(thrown);
        if (limit !== undefined && error.retryable) pause.begin(limit.milliseconds);
        throw error;
      }
    };
    return await repeating(attempt, {
      policy: retry,
      signal,
      isRepeatable: parameters.request?.repeatable ?? method !== "POST",
      ...(method === "DELETE" && { gone: { status: 204, url, headers: {}, data: undefined } }),
      onRepeat: (error, number) => tell({ kind: "retrying", host, operation, error, attempt: number }),
    });
  });
  return octokit;
}
