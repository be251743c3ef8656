import { z } from "zod";
import { SlipwayError } from "../words/error.ts";
import type { Observations } from "./observations.ts";
import type { TagFate } from "./rights.ts";
import type { Session } from "./session.ts";
import { read } from "./shapes.ts";

const AttestationsShape = z.object({
  attestations: z
    .array(z.object({ bundle: z.object({ dsseEnvelope: z.object({ payload: z.string() }).optional() }).nullish() }))
    .default([]),
});
const StatementShape = z.object({ predicate: z.object({ tag: z.string() }) });

/**
 * What can be known of a tag without publishing a release. GitHub attests every immutable release, names its tag, and
 * finds it by the commit of that; a word on a release that is no more tells that its tag is burned.
 * https://docs.github.com/en/code-security/concepts/supply-chain-security/immutable-releases
 * https://github.com/cli/cli/blob/v2.83.0/pkg/cmd/release/verify/verify.go
 */
export async function tagFateOf(
  session: Session,
  observations: Observations,
  tag: string,
  commit?: string,
): Promise<TagFate> {
  const published = (await observations.findReleases(tag)).find(({ state }) => state === "published");
  if (published?.immutable) return { state: "locked", reason: `the immutable release ${published.id} has it` };
  if (published !== undefined) return { state: "free", reason: `the release ${published.id} has it, and can change` };
  const tagged = await observations.tagOf(tag);
  for (const sha of new Set([commit, tagged].filter((one) => one !== undefined))) {
    const tags = await attestedTags(session, sha);
    if (tags === undefined) return { state: "unknown", reason: "the token may not see attestations" };
    if (tags.includes(tag)) return { state: "burned", reason: `GitHub attested an immutable release of it at ${sha}` };
  }
  return {
    state: "unknown",
    reason: "no release has it; whether an immutable one had it at another commit shows only in publishing",
  };
}

/** The tags of the immutable releases that a commit has had; undefined where the token may not know. */
async function attestedTags(session: Session, sha: string): Promise<readonly string[] | undefined> {
  const { octokit, repository } = session;
  try {
    const { data } = await octokit.request("GET /repos/{owner}/{repo}/attestations/{subject_digest}", {
      ...repository,
      subject_digest: `sha1:${sha}`,
      predicate_type: "release",
      per_page: 100,
    });
    const { attestations } = read(session, "list attestations", AttestationsShape, data);
    return attestations.flatMap(({ bundle }) => tagOfPayload(bundle?.dsseEnvelope?.payload ?? ""));
  } catch (thrown) {
    if (!(thrown instanceof SlipwayError)) throw thrown;
    if (thrown.code === "GITHUB_NOT_FOUND") return [];
    if (thrown.code === "GITHUB_DENIED" || thrown.code === "GITHUB_UNAUTHORIZED") return undefined;
    throw thrown;
  }
}

/** The statement inside is JSON in base64; one that cannot be read says nothing. */
function tagOfPayload(payload: string): readonly string[] {
  try {
    const statement = StatementShape.safeParse(JSON.parse(Buffer.from(payload, "base64").toString()));
    return statement.success ? [statement.data.predicate.tag] : [];
  } catch {
    return [];
  }
}
