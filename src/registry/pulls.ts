import { failure, type SlipwayError } from "../words/error.ts";
import { type RateLimit, readRateLimit } from "./rate-limit.ts";
import type { Answer, Request } from "./transport/exchange.ts";

/** What is kept unless a person says otherwise: enough to finish something by hand. */
const DEFAULT_KEEP = 10;

/**
 * The pulls that a host counts, and those of them that are not to be spent. Where a host tells no limit there is none.
 * https://docs.docker.com/docker-hub/usage/pulls/
 */
export class Pulls {
  readonly #host: string;
  readonly #keep: number | undefined;
  #limit: RateLimit | undefined;
  /** What is left for further pulls; those under way are taken off. */
  #left: number | undefined;
  #started = 0;
  #ended = 0;
  /** Whether an answer has shown if the host tells a limit. */
  #isKnown = false;
  #asking: Promise<void> | undefined;

  /** @param keep pulls that stay unspent. Default: 10, or half of the limit where that is less */
  constructor(host: string, keep: number | undefined) {
    this.#host = host;
    this.#keep = keep;
  }

  /** Undefined where the host tells none. */
  get rateLimit(): RateLimit | undefined {
    return this.#limit && { ...this.#limit, remaining: Math.max(0, this.#left ?? 0) };
  }

  /**
   * Makes a request if it may be made. While nobody knows whether there is a limit, one pull goes alone.
   * @throws PULLS_RESERVED
   */
  async make<T>(request: Request, send: () => Promise<T>): Promise<T> {
    if (!isPull(request)) return send();
    if (this.#keep !== 0) {
      while (!this.#isKnown && this.#asking !== undefined) await this.#asking;
      if (this.#limit !== undefined && (this.#left ?? 0) <= reserveOf(this.#limit, this.#keep))
        throw this.#refusal(request);
    }
    this.#started += 1;
    if (this.#left !== undefined) this.#left -= 1;
    const sent = send().finally(() => {
      this.#ended += 1;
    });
    if (!this.#isKnown) this.#askAlone(sent);
    return sent;
  }

  #askAlone(sent: Promise<unknown>): void {
    const over = () => {
      this.#asking = undefined;
    };
    this.#asking = sent.then(over, over);
  }

  /** How many pulls cannot be under way any more when this request is answered; {@link observe} wants to know. */
  endedBefore(request: Request): number {
    return this.#ended + (isPull(request) ? 1 : 0);
  }

  /**
   * Learns from an answer. A pull that overlapped with its request may be in the number that it tells or not: there are
   * no more left than that, and fewer by those at the worst.
   */
  observe(request: Request, answer: Answer, endedBefore: number): void {
    const limit = readRateLimit((name) => answer.header(name));
    if (limit !== undefined) {
      const least = limit.remaining - (this.#started - endedBefore);
      this.#left = Math.min(Math.max(this.#left ?? least, least), limit.remaining);
      this.#limit = limit;
    }
    if (limit !== undefined || (isPull(request) && (answer.status === 200 || answer.status === 404)))
      this.#isKnown = true;
  }

  #refusal({ url }: Request): SlipwayError {
    const { limit = 0, remaining = 0, windowSeconds } = this.rateLimit ?? {};
    const window = windowSeconds === undefined ? "?" : formatWindow(windowSeconds);
    return failure("PULLS_RESERVED", { host: this.#host, operation: `GET ${url.pathname}`, limit, remaining, window });
  }
}

/** GETs of manifests are counted, HEADs and blobs are not. */
function isPull({ method, url }: Request): boolean {
  return method === "GET" && /^\/v2\/.+\/manifests\//.test(url.pathname);
}

function reserveOf({ limit }: RateLimit, keep: number | undefined): number {
  return keep ?? Math.min(DEFAULT_KEEP, Math.floor(limit / 2));
}

function formatWindow(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
