import type { View } from "./shapes.ts";
import type { StoredAttestation } from "./state.ts";

/**
 * GitHub's word for an immutable release. Its signature is of no use to anybody: this GitHub has no keys.
 * https://docs.github.com/en/code-security/concepts/supply-chain-security/immutable-releases
 * https://github.com/in-toto/attestation/blob/main/spec/predicates/release.md
 */
export function attestationBundle({ state }: View, { tag, subject }: StoredAttestation) {
  const repository = `${state.owner}/${state.name}`;
  const purl = `pkg:github/${repository}@${tag}`;
  const statement = {
    _type: "https://in-toto.io/Statement/v1",
    subject: [{ uri: purl, digest: { sha1: subject } }],
    predicateType: "https://in-toto.io/attestation/release/v0.1",
    predicate: { repository, tag, purl },
  };
  return {
    repository_id: state.repositoryId,
    initiator: "github",
    bundle: {
      mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      verificationMaterial: {},
      dsseEnvelope: {
        payloadType: "application/vnd.in-toto+json",
        payload: Buffer.from(JSON.stringify(statement)).toString("base64"),
        signatures: [{ sig: "" }],
      },
    },
  };
}
