import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const PREFIX = "slipway_";

/** A new token: 256 random bits, with a beginning by which scanners for secrets know it. */
export function makeToken(): string {
  return `${PREFIX}${randomBytes(32).toString("base64url")}`;
}

/** What is kept of a token: its SHA-256 as hex. A token is random and long, so that no slow hash is needed. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Whether two texts are the same, in a time that says nothing of where they differ. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(expected).digest());
}
