import { isDeepStrictEqual } from "node:util";
import type { Reference } from "../../oci/reference.ts";
import { type Credential, type CredentialStore, expiryOf } from "../../registry/credentials/index.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine } from "./finding.ts";

const WARNING_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

interface Used {
  readonly host: string;
  readonly credential: Credential;
}

/** When the credentials end that places are asked with, each told once; those that do not say are not spoken of. */
export async function checkExpiry(
  places: readonly Reference[],
  store: CredentialStore,
  words: Words,
  now = Date.now(),
): Promise<readonly Finding[]> {
  const used: Used[] = [];
  for (const { registry: host, repository } of places) {
    // whoever asks the place itself is told why there is none
    const credential = await store.credential(host, repository).catch(() => undefined);
    if (credential === undefined || used.some((one) => isDeepStrictEqual(one, { host, credential }))) continue;
    used.push({ host, credential });
  }
  return used.flatMap((one) => findingOf(one, words, now) ?? []);
}

function findingOf({ host, credential }: Used, words: Words, now: number): Finding | undefined {
  const expiry = expiryOf(credential);
  if (expiry.kind === "unknown") return undefined;
  const facts = { host, origin: credential.origin };
  if (expiry.kind === "after") {
    return fine("credential", words.text("doctor.credential.lives", { ...facts, hours: expiry.seconds / 3600 }));
  }
  const left = expiry.date.getTime() - now;
  const date = minuteOf(expiry.date);
  if (left <= 0) return failed("credential", failure("CREDENTIAL_EXPIRED", { ...facts, date }), words);
  const text = words.text("doctor.credential.until", { ...facts, date });
  if (left > WARNING_MILLISECONDS) return fine("credential", text);
  return { check: "credential", level: "warning", text, hint: words.text("doctor.credential.hint") };
}

/** `2026-09-30 08:00 UTC` */
function minuteOf(date: Date): string {
  return `${date
    .toISOString()
    .replace("T", " ")
    .replace(/:\d\d\.\d+Z$/, "")} UTC`;
}
