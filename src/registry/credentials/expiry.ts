import type { Credential } from "./credential.ts";

/** How long a credential is good for, as far as it says itself. */
export type Expiry =
  | { readonly kind: "at"; readonly date: Date }
  /** About `seconds` after it was made, and when that was it does not say. */
  | { readonly kind: "after"; readonly seconds: number }
  | { readonly kind: "unknown" };

const HOUR = 60 * 60;
/** Azure's registries know a refresh token by this user name. https://learn.microsoft.com/azure/container-registry/container-registry-authentication */
const AZURE_TOKEN_USER = "00000000-0000-0000-0000-000000000000";

/** Seconds that secrets live which are short-lived by their kind, by user name. */
const LIFETIMES: ReadonlyMap<string, number> = new Map([
  [AZURE_TOKEN_USER, 3 * HOUR],
  // https://www.alibabacloud.com/help/en/doc-detail/145324.htm
  ["cr_temp_user", HOUR],
  // https://cloud.google.com/artifact-registry/docs/docker/authentication#token
  ["oauth2accesstoken", HOUR],
]);

/**
 * When a credential ends: by the `exp` of a JSON web token (Azure's refresh tokens, identity tokens), by the `expiration`
 * of an ECR password, or by what is known of its kind. Nothing is verified, and nothing of the secret is kept.
 * https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
 */
export function expiryOf(credential: Credential): Expiry {
  if (credential.ends !== undefined) return { kind: "at", date: credential.ends };
  if (credential.kind === "anonymous") return { kind: "unknown" };
  const secret = credential.kind === "basic" ? credential.password : credential.token;
  // GitHub asks that nobody reads what its tokens of apps hold, GITHUB_TOKEN among them
  // https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app
  if (secret.startsWith("ghs_")) return { kind: "after", seconds: HOUR };
  const date = dateOf(claimsOf(secret, "exp")) ?? dateOf(ecrExpiration(secret));
  if (date !== undefined) return { kind: "at", date };
  const seconds = credential.kind === "basic" ? LIFETIMES.get(credential.username) : undefined;
  return seconds === undefined ? { kind: "unknown" } : { kind: "after", seconds };
}

const JSON_WEB_TOKEN = /^[\w-]+\.([\w-]+)\.[\w-]*$/;

function claimsOf(secret: string, claim: string): unknown {
  const payload = JSON_WEB_TOKEN.exec(secret)?.[1];
  return payload === undefined ? undefined : fieldOf(Buffer.from(payload, "base64url"), claim);
}

/** An ECR password is JSON of `payload`, `datakey`, `version`, `type` and `expiration`, in base64. */
function ecrExpiration(secret: string): unknown {
  if (!/^[\w+/]+=*$/.test(secret)) return undefined;
  const bytes = Buffer.from(secret, "base64");
  return fieldOf(bytes, "payload") === undefined ? undefined : fieldOf(bytes, "expiration");
}

function fieldOf(bytes: Buffer, name: string): unknown {
  try {
    const json: unknown = JSON.parse(bytes.toString("utf8"));
    return typeof json === "object" && json !== null ? Object.getOwnPropertyDescriptor(json, name)?.value : undefined;
  } catch {
    return undefined;
  }
}

/** Of seconds since 1970. */
function dateOf(seconds: unknown): Date | undefined {
  const date = typeof seconds === "number" && seconds > 0 ? new Date(seconds * 1000) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
