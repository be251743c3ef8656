import { isDigest } from "../oci/digest.ts";
import type { TagOrDigest } from "../target/target.ts";
import { failure } from "../words/error.ts";
import type { Call } from "./call.ts";
import { readErrorBody } from "./error-body.ts";
import type { Host } from "./host.ts";
import { headManifest, manifestPath } from "./manifests.ts";

const MAX_ERROR_BODY = 64 * 1024;

/**
 * Deletes a tag alone, or by digest a manifest with all of its tags. Idempotent: what is gone is fine.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#deleting-tags
 * @throws DELETE_REFUSED where the registry deletes no tags, or nothing at all
 */
export async function deleteManifest(host: Host, repository: string, reference: TagOrDigest): Promise<void> {
  const path = manifestPath(repository, reference);
  const call: Call = {
    method: "DELETE",
    path,
    repository,
    scopes: { [repository]: "delete" },
    expect: [200, 202, 400, 404, 405, 501],
  };
  const refused = (detail: string) =>
    failure("DELETE_REFUSED", { host: host.name, operation: `DELETE ${path}`, detail });
  const status = await host.call(call, async (answer) => {
    if (answer.status < 300 || answer.status === 404) return answer.status;
    const { detail } = readErrorBody(await answer.bytes(MAX_ERROR_BODY).catch(() => Buffer.alloc(0)));
    throw refused(detail || `answer ${answer.status}`);
  });
  // a registry that knows no deletion of tags may look for the tag as if it were a digest
  const isThere = status === 404 && !isDigest(reference) && (await headManifest(host, repository, reference));
  if (isThere) throw refused("answer 404, but the tag is there");
}
