import { randomBytes } from "node:crypto";
import type { CloudFaults } from "./faults.ts";
import { type Claims, TokenSigner, verified } from "./json-web-token.ts";
import type { CloudRequest } from "./service.ts";

export const ISSUER = "https://token.actions.githubusercontent.com";

/** What clouds have to know of one another, and what a test may turn while they run. */
export interface CloudState {
  /** Milliseconds since 1970. */
  now: number;
  /** Whom GitHub vouches for. */
  subject: string;
  /** Whom the clouds trust. */
  trusted: string;
  /** Rights that were taken away: `acr`, `cr`, `ecr`, `impersonate`. */
  readonly lacking: Set<"acr" | "cr" | "ecr" | "impersonate">;
  /** Seconds that what is given out lives, where the vendor's own is not wanted. */
  lifeSeconds: number | undefined;
  /** The passwords that registries take, by user name: the last that was given out. */
  readonly users: Record<string, string>;
  readonly github: TokenSigner;
  readonly requestToken: string;
  /** All secrets that were given out, for tests that look for them in what they must not be in. */
  readonly issued: string[];
  /** What was asked in a way that the vendor's pages do not allow. */
  readonly violations: string[];
  readonly requests: CloudRequest[];
  readonly faults: CloudFaults;
}

/** One for all: to make its key takes longer than most tests. */
const github = new TokenSigner("github-1");

export function newState(faults: CloudFaults, now: number): CloudState {
  const subject = "repo:acme/app:ref:refs/heads/main";
  const requestToken = `request-canary-${randomBytes(12).toString("hex")}`;
  return {
    now,
    subject,
    trusted: subject,
    lacking: new Set(),
    lifeSeconds: undefined,
    users: {},
    github,
    requestToken,
    issued: [requestToken],
    violations: [],
    requests: [],
    faults,
  };
}

/** A secret that is unlike all others. */
export function newSecret(state: CloudState, prefix: string): string {
  const secret = `${prefix}-canary-${randomBytes(12).toString("hex")}`;
  state.issued.push(secret);
  return secret;
}

export type Judgement = "fine" | "signature" | "issuer" | "audience" | "subject" | "time";

/** What a cloud that trusts GitHub makes of a token. */
export function judge(state: CloudState, token: string, audience: string): Judgement {
  const claims: Claims | undefined = verified(token, state.github.keys);
  if (claims === undefined) return "signature";
  if (claims.iss !== ISSUER) return "issuer";
  if (claims.aud !== audience) return "audience";
  const seconds = state.now / 1000;
  if (!(Number(claims.nbf) <= seconds && seconds < Number(claims.exp))) return "time";
  return claims.sub === state.trusted ? "fine" : "subject";
}
