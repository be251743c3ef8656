import { type Digest, isDigest } from "../../oci/digest.ts";
import { Problem } from "./problem.ts";

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** @throws NAME_INVALID */
export function checkName(name: string): void {
  if (name.length > 255 || !NAME.test(name)) throw new Problem(400, "NAME_INVALID", `${name} is not a repository name`);
}

/** @throws DIGEST_INVALID */
export function checkDigest(text: string | null): Digest {
  if (text !== null && isDigest(text)) return text;
  throw new Problem(400, "DIGEST_INVALID", `${text ?? "nothing"} is not a digest`);
}

/** @throws UNSUPPORTED */
export function unsupported(method: string): never {
  throw new Problem(405, "UNSUPPORTED", `${method} is not supported here`);
}
