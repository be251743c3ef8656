import type { Answer, Incoming } from "./answer.ts";
import type { Endpoint } from "./endpoint.ts";
import type { PullLimit } from "./options.ts";
import { Problem } from "./problem.ts";

/** Counts pulls as Docker Hub does: GETs of manifests that are there. https://docs.docker.com/docker-hub/usage/pulls/ */
export class PullCounter {
  readonly #limit: PullLimit | undefined;
  #left: number;

  constructor(limit: PullLimit | undefined) {
    this.#limit = limit;
    this.#left = limit?.pulls ?? 0;
  }

  /** Answers, and says what is left; 429 where nothing is. @throws Problem */
  async count(incoming: Incoming, { kind }: Endpoint, answerOf: () => Promise<Answer> | Answer): Promise<Answer> {
    const limit = this.#limit;
    if (limit === undefined || kind !== "manifest" || !["GET", "HEAD"].includes(incoming.method)) return answerOf();
    const isPull = incoming.method === "GET";
    if (isPull && this.#left === 0) {
      throw new Problem(429, "TOOMANYREQUESTS", "you have reached your pull rate limit", this.#headers(limit));
    }
    const answer = await answerOf();
    if (isPull) this.#left -= 1;
    return { ...answer, headers: { ...answer.headers, ...this.#headers(limit) } };
  }

  #headers({ pulls, windowSeconds }: PullLimit): Readonly<Record<string, string>> {
    const window = `;w=${windowSeconds}`;
    return { "ratelimit-limit": `${pulls}${window}`, "ratelimit-remaining": `${this.#left}${window}` };
  }
}
