import type { MirrorRule } from "../../config/mirror-rule.ts";
import { type Reference, repositoryOf } from "../../oci/reference.ts";
import type { Credential, CredentialStore } from "../../registry/credentials/credential.ts";
import type { Registry } from "../../registry/registry.ts";
import { asFailure, failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine } from "./finding.ts";

/** What repositories are asked with. */
export interface Access {
  readonly registry: Registry;
  readonly credentials: CredentialStore;
}

/** Whether a source can be read. */
export async function checkSource(rule: MirrorRule, access: Access, words: Words): Promise<Finding> {
  try {
    await read(rule, access);
    return entered("source", rule.source, await credentialOf(rule.source, access), words);
  } catch (thrown) {
    return failed("source", thrown, words);
  }
}

/** Whether a destination takes the credentials that there are for it; and where it does, whether they may push to it. */
export async function checkDestination(place: Reference, access: Access, words: Words): Promise<readonly Finding[]> {
  try {
    // What is not there yet is no fault: only whether it may be asked for counts.
    await access.registry.repository(place).resolve("latest");
    const credential = await credentialOf(place, access);
    return [entered("destination", place, credential, words), await checkPush(place, credential, access, words)];
  } catch (thrown) {
    return [failed("destination", thrown, words)];
  }
}

/** Tries it: there is no other way to know. @param credential with which it could be read */
async function checkPush(place: Reference, { kind }: Credential, { registry }: Access, words: Words): Promise<Finding> {
  const name = repositoryOf(place);
  try {
    const probe = await registry.repository(place).probePush();
    if (probe.cancelled) return fine("push", words.text("doctor.push.fine", { name }));
    return fine("push", words.text("doctor.push.left", { name, reason: probe.reason }));
  } catch (thrown) {
    const finding = failed("push", thrown, words);
    const isRefusal = ["UNAUTHORIZED", "DENIED"].includes(asFailure(thrown).code);
    return isRefusal && kind !== "anonymous" ? { ...finding, hint: words.text("doctor.push.hint") } : finding;
  }
}

function credentialOf({ registry, repository }: Reference, { credentials }: Access): Promise<Credential> {
  return credentials.credential(registry, repository);
}

function entered(
  check: "source" | "destination",
  place: Reference,
  { kind, origin }: Credential,
  words: Words,
): Finding {
  const facts = { name: repositoryOf(place), origin };
  return fine(check, kind === "anonymous" ? words.text("doctor.open", facts) : words.text("doctor.entered", facts));
}

/** One small question about what a rule wants. @throws what keeps it from being read */
async function read({ source, images }: MirrorRule, { registry }: Access): Promise<void> {
  const repository = registry.repository(source);
  if (images.kind === "selection") {
    for await (const page of repository.tags()) if (page.length > 0) return;
    throw failure("MIRROR_SOURCE_EMPTY", { source: repository.name });
  }
  const reference = images.kind === "digest" ? images.digest : images.tags[0];
  if (reference === undefined || (await repository.resolve(reference)) !== undefined) return;
  throw failure("MANIFEST_UNKNOWN", { target: repository.name, reference });
}
