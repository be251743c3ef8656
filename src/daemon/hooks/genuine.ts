import { createHmac } from "node:crypto";
import type { Webhook } from "../../config/slipway/serve.ts";
import { webhookSignature } from "../../notify/sign.ts";
import { isSame } from "../tokens/token.ts";

/** A call as it came in. */
export interface Call {
  readonly body: Uint8Array;
  header(name: string): string | undefined;
  /** What stands in the address, for callers that can set no header: `?token=` or the part behind the name. */
  readonly token: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How far a caller's clock may be from ours, milliseconds. */
const TOLERANCE = 5 * 60_000;

/** Whether a call comes from whom the webhook is for: judged by the bytes as they came, in a time that says nothing. */
export function isGenuine({ kind, secret }: Pick<Webhook, "kind" | "secret">, call: Call): boolean {
  if (secret === "") return false;
  switch (kind) {
    case "github":
      return isSame(call.header("x-hub-signature-256") ?? "", githubSignature(call.body, secret));
    case "generic":
      return isSignedNow(secret, call);
    case "docker-hub":
    case "harbor":
    case "distribution":
    case "aliyun":
      return [bearerOf(call), call.token ?? ""].filter((token) => isSame(token, secret)).length > 0;
  }
}

/** What stands in `Authorization`, with or without `Bearer`. */
function bearerOf(call: Call): string {
  return (call.header("authorization") ?? "").replace(/^Bearer\s+/i, "");
}

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
function githubSignature(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/**
 * Standard Webhooks: one of the signatures is of id, seconds and body, and the seconds are now.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#verifying-webhook-authenticity
 */
function isSignedNow(secret: string, { body, header, now }: Call): boolean {
  const id = header("webhook-id") ?? "";
  const seconds = Number(header("webhook-timestamp") ?? Number.NaN);
  if (id === "" || !Number.isInteger(seconds) || Math.abs(now - seconds * 1000) > TOLERANCE) return false;
  const expected = webhookSignature(id, seconds, body, secret);
  const given = (header("webhook-signature") ?? "").split(" ").slice(0, 10);
  return given.filter((signature) => isSame(signature, expected)).length > 0;
}
