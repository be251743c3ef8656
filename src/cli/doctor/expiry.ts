import type { Reference } from "../../oci/reference.ts";
import {
  type CredentialStore,
  expiryOf,
  type UsedCredential,
  usedCredentials,
} from "../../registry/credentials/index.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine } from "./finding.ts";

const WARNING_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/**
 * When the credentials end that places are asked with, each told once; those that do not say, or are renewed by
 * themselves, are not spoken of.
 */
export async function checkExpiry(
  places: readonly Reference[],
  store: CredentialStore,
  words: Words,
  now = Date.now(),
): Promise<readonly Finding[]> {
  const used = await usedCredentials(places, store);
  return used.flatMap((one) => findingOf(one, words, now) ?? []);
}

function findingOf({ host, credential }: UsedCredential, words: Words, now: number): Finding | undefined {
  const expiry = expiryOf(credential);
  if (expiry.kind === "unknown") return undefined;
  const facts = { host, origin: credential.origin };
  if (expiry.kind === "after") {
    return fine("credential", words.text("doctor.credential.lives", { ...facts, hours: expiry.seconds / 3600 }));
  }
  return endFinding(facts, expiry.date, words, now);
}

/** What there is to say of a login's end: it is over, it is near, or it is far. */
export function endFinding(
  { host, origin }: { readonly host: string; readonly origin: string },
  end: Date,
  words: Words,
  now = Date.now(),
): Finding {
  const facts = { host, origin, date: minuteOf(end) };
  if (end.getTime() <= now) return failed("credential", failure("CREDENTIAL_EXPIRED", facts), words);
  const text = words.text("doctor.credential.until", facts);
  if (!isNear(end, now)) return fine("credential", text);
  return { check: "credential", level: "warning", text, hint: words.text("doctor.credential.hint") };
}

/** Whether there is no more than a week until then. */
export function isNear(end: Date, now = Date.now()): boolean {
  return end.getTime() - now <= WARNING_MILLISECONDS;
}

/** `2026-09-30 08:00 UTC` */
export function minuteOf(date: Date): string {
  return `${date
    .toISOString()
    .replace("T", " ")
    .replace(/:\d\d\.\d+Z$/, "")} UTC`;
}
