import type { Config } from "../../config/slipway/load-config.ts";
import { tokenEnd } from "../../github/index.ts";
import {
  type CredentialStore,
  expiryOf,
  type UsedCredential,
  usedCredentials,
} from "../../registry/credentials/index.ts";
import { expiryOfSas } from "../../source/download/sas.ts";
import type { Instant } from "../../store/records.ts";

/** Something that lets us in until then. */
export interface Ending {
  /** What it is and where a person finds it. Nothing of it is secret. */
  readonly subject: string;
  readonly ends: Instant;
}

export interface EndingsMeans {
  /** The credentials that registries are asked with. */
  readonly credentials: CredentialStore;
  /** Whether a token of GitHub ends; it is asked of GitHub, and nobody else. */
  readonly tokenEnd: (token: string) => Promise<Date | undefined>;
}

/**
 * What of a configuration's credentials ends some day, as far as it can be known: by what they say themselves, and of
 * GitHub's personal tokens by what GitHub says. What is renewed by itself is left out, and what cannot be had is for the runs to tell.
 */
export async function endingsOf(
  { rules, publishing, file }: Pick<Config, "rules" | "publishing" | "file">,
  means: EndingsMeans,
): Promise<readonly Ending[]> {
  const places = rules.flatMap(({ source, destinations }) => [
    source,
    ...destinations.map(({ repository }) => repository),
  ]);
  const used = await usedCredentials(places, means.credentials);
  const endings = await Promise.all(used.map((one) => endingOf(one, means)));
  const { origin } = publishing.source ?? {};
  const sasEnd = origin?.kind === "azure-blob" ? expiryOfSas(origin.url) : undefined;
  return [
    ...endings.flat(),
    ...(sasEnd === undefined ? [] : [{ subject: `SAS URL, ${file} (source.azureBlob)`, ends: sasEnd.getTime() }]),
  ];
}

async function endingOf({ host, credential }: UsedCredential, means: EndingsMeans): Promise<readonly Ending[]> {
  const expiry = expiryOf(credential);
  const end = expiry.kind === "at" ? expiry.date : await githubEnd({ host, credential }, means);
  return end === undefined ? [] : [{ subject: `${host}, ${credential.origin}`, ends: end.getTime() }];
}

/** https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
const PERSONAL_TOKEN = /^(?:ghp_|github_pat_)/;

async function githubEnd(
  { host, credential }: UsedCredential,
  { tokenEnd: ask }: EndingsMeans,
): Promise<Date | undefined> {
  if (host !== "ghcr.io" || credential.kind !== "basic" || !PERSONAL_TOKEN.test(credential.password)) return undefined;
  return await ask(credential.password).catch(() => undefined);
}

/** Asks GitHub itself, once and without patience: tomorrow is another day. */
export function askGitHub(
  userAgent: string,
  environment: Readonly<Record<string, string | undefined>>,
): EndingsMeans["tokenEnd"] {
  return (token) => tokenEnd({ token, userAgent, environment, retry: { attempts: 1 } });
}
