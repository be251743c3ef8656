import type { ErrorBody } from "./error-body.ts";

const KIND =
  /manifest class|(?:media|config|artifact|manifest) ?type|(?:nested|unsupported|unknown) manifest|ImageManifest/i;

/**
 * Whether a registry says of a manifest that it does not take such a one, and not that the caller may not put it or that
 * parts of it are missing. The specification has MANIFEST_INVALID and 415; others deny with a sentence about the type:
 * Alibaba Cloud ACR "unknown manifest class for application/vnd.oci.empty.v1+json", ECR "Invalid parameter at 'ImageManifest'".
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
 */
export function isManifestRefused(operation: string, status: number, { code, detail }: ErrorBody): boolean {
  if (!/^PUT \/v2\/.+\/manifests\/[^/]+$/.test(operation) || status < 400 || status >= 500) return false;
  return status === 415 || code === "MANIFEST_INVALID" || KIND.test(detail);
}
