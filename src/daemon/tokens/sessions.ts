import { randomBytes } from "node:crypto";
import type { TokenRecord } from "../../store/records.ts";
import type { Store } from "../../store/store.ts";
import type { Identity } from "./identity.ts";
import { hashOfToken } from "./token.ts";

const DAY = 24 * 3_600_000;
/** How long a login lasts, milliseconds. */
export const SESSION_AGE = 7 * DAY;
const MOST = 1000;

interface Session {
  readonly token: Pick<TokenRecord, "name" | "hash">;
  readonly until: number;
}

/**
 * Who is logged in at this process, by an opaque cookie: a restart ends all logins, and so does removing or replacing the
 * token that was used for one. Only hashes of the cookies are in memory.
 */
export class Sessions {
  readonly #store: Pick<Store, "tokens">;
  readonly #open = new Map<string, Session>();

  constructor(store: Pick<Store, "tokens">) {
    this.#store = store;
  }

  /** Begins a session. The cookie's value comes out. */
  async begin(name: string, now: number): Promise<string> {
    const record = await this.#tokenOf(name);
    for (const [key, { until }] of this.#open) if (until <= now || this.#open.size >= MOST) this.#open.delete(key);
    const cookie = randomBytes(32).toString("base64url");
    if (record !== undefined) this.#open.set(hashOfToken(cookie), { token: record, until: now + SESSION_AGE });
    return cookie;
  }

  async identify(cookie: string, now: number): Promise<Identity | undefined> {
    const session = this.#open.get(hashOfToken(cookie));
    if (session === undefined || session.until <= now) return undefined;
    const record = await this.#tokenOf(session.token.name);
    return record?.hash === session.token.hash ? { name: record.name, role: record.role } : undefined;
  }

  end(cookie: string): void {
    this.#open.delete(hashOfToken(cookie));
  }

  async #tokenOf(name: string): Promise<TokenRecord | undefined> {
    return (await this.#store.tokens.all()).find((record) => record.name === name);
  }
}
