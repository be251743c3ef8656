import { randomUUID, sign, X509Certificate } from "node:crypto";
import { SERVICE } from "../registry/guard.ts";
import { type Claims, SealedTokens, type Tokens } from "../registry/tokens.ts";
import type { KeyPair } from "./certificates.ts";

export const ISSUER = "slipway-test-issuer";

/** Docker's registry takes tokens for this much longer than they say, for clocks that differ. */
const LEEWAY_SECONDS = 60;

/**
 * Tokens that Docker's registry can check by our certificate. They expire there when they say they do: the leeway is
 * taken off, so that a test need not wait for it.
 * https://distribution.github.io/distribution/spec/auth/jwt/
 */
export class SignedTokens implements Tokens {
  readonly #pair: KeyPair;
  readonly #refresh = new SealedTokens();

  constructor(pair: KeyPair) {
    this.#pair = pair;
  }

  issue(claims: Claims): string {
    if (claims.use === "refresh") return this.#refresh.issue(claims);
    const certificate = new X509Certificate(this.#pair.cert).raw.toString("base64");
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { typ: "JWT", alg: "ES256", x5c: [certificate] },
      {
        iss: ISSUER,
        aud: SERVICE,
        sub: claims.user ?? "",
        jti: randomUUID(),
        iat: now,
        nbf: now - LEEWAY_SECONDS,
        exp: Math.floor(claims.expiresAt / 1000) - LEEWAY_SECONDS,
        access: claims.access,
      },
    ];
    const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = sign("sha256", Buffer.from(signed), { key: this.#pair.key, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  }

  read(token: string, use: Claims["use"]): Claims | undefined {
    return use === "refresh" ? this.#refresh.read(token, use) : undefined;
  }
}
