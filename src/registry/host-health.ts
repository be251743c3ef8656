import { SlipwayError } from "../words/error.ts";

const MEMORY_MILLISECONDS = 30_000;
const UNREACHABLE: readonly string[] = ["HOST_UNKNOWN", "HOST_UNREACHABLE"];

/**
 * What is known to be in vain. A thousand tags must not wait for a dead host a thousand times, and a wrong password that
 * is sent a thousand times locks an account.
 */
export class HostHealth {
  #downUntil = 0;
  readonly #refusals = new Map<string, { readonly error: SlipwayError; readonly until: number }>();

  /** Whether the host could not be reached a moment ago: one try is enough to see that it is back. */
  get isDown(): boolean {
    return this.#downUntil > Date.now();
  }

  /** Notes whether the host can be reached. */
  async watch<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      const result = await attempt();
      this.#downUntil = 0;
      return result;
    } catch (error) {
      const isDown = error instanceof SlipwayError && UNREACHABLE.includes(error.code);
      this.#downUntil = isDown ? Date.now() + MEMORY_MILLISECONDS : 0;
      throw error;
    }
  }

  /** @throws the refusal of a moment ago, for the same `Authorization` */
  checkCredential(authorization: string | undefined): void {
    const refusal = authorization === undefined ? undefined : this.#refusals.get(authorization);
    if (refusal !== undefined && refusal.until > Date.now()) throw refusal.error;
  }

  /** Notes a user name and password that the host does not accept. Tokens are renewed instead. */
  async watchCredential<T>(authorization: string | undefined, settle: () => Promise<T>): Promise<T> {
    try {
      return await settle();
    } catch (error) {
      const isRefusal = error instanceof SlipwayError && error.code === "UNAUTHORIZED";
      if (isRefusal && authorization?.startsWith("Basic ")) {
        const now = Date.now();
        for (const [known, { until }] of this.#refusals) if (until <= now) this.#refusals.delete(known);
        this.#refusals.set(authorization, { error, until: now + MEMORY_MILLISECONDS });
      }
      throw error;
    }
  }
}
