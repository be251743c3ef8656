import type { MirrorRule } from "../../config/mirror-rule.ts";
import { type Reference, repositoryOf } from "../../oci/reference.ts";
import type { CredentialStore } from "../../registry/credentials/credential.ts";
import type { Registry } from "../../registry/registry.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed } from "./finding.ts";

/** What repositories are asked with. */
export interface Access {
  readonly registry: Registry;
  readonly credentials: CredentialStore;
}

/** Whether each source can be read, and each destination takes the credentials that there are for it. */
export async function checkRepositories(
  rules: readonly MirrorRule[],
  access: Access,
  words: Words,
): Promise<readonly Finding[]> {
  const sources = new Map(rules.map((rule) => [repositoryOf(rule.source), rule]));
  const destinations = new Map(
    rules.flatMap((rule) => rule.destinations.map(({ repository }) => [repositoryOf(repository), repository])),
  );
  return Promise.all([
    ...[...sources.values()].map((rule) => check("source", rule.source, access, words, () => read(rule, access))),
    ...[...destinations.values()].map((repository) =>
      // What is not there yet is no fault: only whether it may be asked for counts.
      check("destination", repository, access, words, () => access.registry.repository(repository).resolve("latest")),
    ),
  ]);
}

async function check(
  name: "source" | "destination",
  repository: Reference,
  { credentials }: Access,
  words: Words,
  ask: () => Promise<unknown>,
): Promise<Finding> {
  try {
    await ask();
    const { kind, origin } = await credentials.credential(repository.registry, repository.repository);
    const facts = { name: repositoryOf(repository), origin };
    const text = kind === "anonymous" ? words.text("doctor.open", facts) : words.text("doctor.entered", facts);
    return { check: name, ok: true, text };
  } catch (thrown) {
    return failed(name, thrown, words);
  }
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
