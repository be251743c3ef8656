import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Access } from "./access.ts";

export interface Claims {
  readonly use: "access" | "refresh";
  readonly user: string | undefined;
  readonly access: readonly Access[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Makes tokens, and reads those that come back to it. */
export interface Tokens {
  issue(claims: Claims): string;
  /** What a token says; undefined when it is not ours, of another use, or expired. */
  read(token: string, use: Claims["use"]): Claims | undefined;
}

/** Tokens that only we can read. They carry what they allow, so one for many scopes is long, as real ones are. */
export class SealedTokens implements Tokens {
  readonly #key = randomBytes(32);

  issue(claims: Claims): string {
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
    return `${payload}.${this.#sign(payload)}`;
  }

  read(token: string, use: Claims["use"]): Claims | undefined {
    const [payload = "", signature = ""] = token.split(".");
    const expected = Buffer.from(this.#sign(payload));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const claims: Claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    return claims.use === use && claims.expiresAt > Date.now() ? claims : undefined;
  }

  #sign(payload: string): string {
    return createHmac("sha256", this.#key).update(payload).digest("base64url");
  }
}
