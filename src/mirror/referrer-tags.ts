const REFERRER_TAG = /^(?:sha256-[0-9a-f]{64}|sha512-[0-9a-f]{128}|sha512-[0-9a-f]{121})(?:\.(?:sig|att|sbom))?$/;

/**
 * Whether a tag is there for what refers to an image, not for an image: those of the referrers tag schema, and cosign's.
 * They travel with their image.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
 * https://github.com/sigstore/cosign/blob/v2.4.1/specs/SIGNATURE_SPEC.md
 */
export function isReferrerTag(tag: string): boolean {
  return REFERRER_TAG.test(tag);
}
