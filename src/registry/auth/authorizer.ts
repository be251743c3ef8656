import { isDeepStrictEqual } from "node:util";
import { asFailure } from "../../words/error.ts";
import type { Credential, CredentialStore } from "../credentials/credential.ts";
import type { Challenge } from "./challenge.ts";
import { checkRealm } from "./realm.ts";
import { covers, type Scopes, scopeTexts } from "./scope.ts";
import { basicAuthorization, fetchToken, type Send, type Token } from "./token.ts";

export interface AuthorizerOptions {
  readonly host: string;
  readonly base: URL;
  readonly credentials: CredentialStore;
  readonly allowedRealm?: string;
  readonly send: Send;
}

interface HeldToken {
  readonly scopes: Scopes;
  readonly token: Promise<Token>;
  /** Set once the server has refused it: it is not asked again before that time. Too many refusals lock accounts. */
  refusedUntil?: number;
}

const REFUSAL_MILLISECONDS = 30_000;

/**
 * What one host is shown as `Authorization`. The first answer 401 teaches the scheme; from then on every request carries
 * what it needs at once. A token is asked for once, whoever waits for it, and scopes are kept apart: some registries
 * refuse tokens that have grown too long.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  #challenge: Challenge | undefined;
  readonly #tokens = new Map<string, HeldToken>();
  /** What was refused last, and for which the store has been told to ask anew. */
  #refused: Credential | undefined;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  get scheme(): "none" | "basic" | "bearer" {
    return this.#challenge?.scheme ?? "none";
  }

  /** What the challenge calls the registry, once there was one that does. */
  get service(): string | undefined {
    return this.#challenge?.scheme === "bearer" ? this.#challenge.service : undefined;
  }

  credential(repository: string): Promise<Credential> {
    return this.#options.credentials.credential(this.#options.host, repository);
  }

  /** The header for a request about a repository; undefined where none is known to be needed, or none is to be had. */
  async authorization(repository: string, scopes: Scopes): Promise<string | undefined> {
    const challenge = this.#challenge;
    if (challenge === undefined) return undefined;
    const credential = await this.credential(repository);
    if (credential.kind === "bearer") return `Bearer ${credential.token}`;
    if (challenge.scheme === "bearer") return `Bearer ${await this.#token(challenge, scopes, credential, repository)}`;
    return credential.kind === "basic" ? basicAuthorization(credential) : undefined;
  }

  /**
   * Learns from an answer 401 about a repository. `used` is what that request had carried.
   * @returns whether the same request may now fare better
   */
  async challenged(challenge: Challenge | undefined, used: string | undefined, repository: string): Promise<boolean> {
    if (challenge === undefined) return false;
    this.#challenge = challenge;
    if (used === undefined) return true;
    if (challenge.scheme === "basic") {
      const known = await this.credential(repository);
      if (known.kind !== "basic") return false;
      return basicAuthorization(known) !== used || (await this.#renewed(known, repository)) !== undefined;
    }
    for (const [key, held] of this.#tokens) {
      held.token.then(
        (token) => {
          if (used === `Bearer ${token.text}` && this.#tokens.get(key) === held) this.#tokens.delete(key);
        },
        () => {},
      );
    }
    return true;
  }

  /** Another credential than the one that was refused, where there is one by now: short-lived ones end before we do. */
  async #renewed(refused: Credential, repository: string): Promise<Credential | undefined> {
    if (!isDeepStrictEqual(this.#refused, refused)) {
      this.#refused = refused;
      this.#options.credentials.forget?.(this.#options.host);
    }
    const fresh = await this.credential(repository);
    return isDeepStrictEqual(fresh, refused) ? undefined : fresh;
  }

  async #token(
    challenge: Challenge & { scheme: "bearer" },
    scopes: Scopes,
    credential: Credential,
    repository: string,
  ): Promise<string> {
    const key = scopeTexts(scopes).join(" ");
    for (const [heldKey, held] of this.#tokens) {
      if (held.refusedUntil !== undefined) {
        if (held.refusedUntil < Date.now()) this.#tokens.delete(heldKey);
        else if (heldKey === key) return (await held.token).text;
      } else if (covers(held.scopes, scopes)) {
        const token = await held.token;
        if (token.expires > Date.now()) return token.text;
        if (this.#tokens.get(heldKey) === held) this.#tokens.delete(heldKey);
      }
    }
    const held: HeldToken = { scopes, token: this.#fetchAnew(challenge, scopes, credential, repository) };
    this.#tokens.set(key, held);
    try {
      return (await held.token).text;
    } catch (error) {
      if (asFailure(error).code === "UNAUTHORIZED") held.refusedUntil = Date.now() + REFUSAL_MILLISECONDS;
      else if (this.#tokens.get(key) === held) this.#tokens.delete(key);
      throw error;
    }
  }

  async #fetchAnew(
    challenge: Challenge & { scheme: "bearer" },
    scopes: Scopes,
    credential: Credential,
    repository: string,
  ): Promise<Token> {
    try {
      return await this.#fetch(challenge, scopes, credential);
    } catch (error) {
      const isRefusal = asFailure(error).code === "UNAUTHORIZED" && credential.kind !== "anonymous";
      const renewed = isRefusal ? await this.#renewed(credential, repository) : undefined;
      if (renewed === undefined) throw error;
      return this.#fetch(challenge, scopes, renewed);
    }
  }

  async #fetch(challenge: Challenge & { scheme: "bearer" }, scopes: Scopes, credential: Credential): Promise<Token> {
    const { host, base, allowedRealm, send } = this.#options;
    const realm = checkRealm({
      host,
      base,
      realm: challenge.realm,
      secret: credential.kind !== "anonymous",
      ...(allowedRealm !== undefined && { allowed: allowedRealm }),
    });
    return fetchToken({ host, realm, service: challenge.service, scopes, credential }, send);
  }
}
