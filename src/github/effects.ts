import { z } from "zod";
import type { GitHub } from "./contract.ts";
import type { Release } from "./release.ts";
import type { Session } from "./session.ts";
import { read, readRelease } from "./shapes.ts";

export type Effects = Pick<
  GitHub,
  "createDraft" | "updateDraft" | "deleteDraft" | "deleteAsset" | "publish" | "generateNotes" | "updateBody"
>;

const NotesShape = z.object({ name: z.string(), body: z.string() });

/** One request each. https://docs.github.com/en/rest/releases/releases */
export function effectsOn(session: Session): Effects {
  const { octokit, repository } = session;
  return {
    async createDraft({ tag, target, name, body, prerelease, generateNotes = false }) {
      const { data } = await octokit.request("POST /repos/{owner}/{repo}/releases", {
        ...repository,
        tag_name: tag,
        target_commitish: target,
        name,
        body,
        prerelease,
        draft: true,
        generate_release_notes: generateNotes,
      });
      return readRelease(session, "create a release", data);
    },
    updateDraft: ({ id, tag }, { target, ...changes }) =>
      update(session, id, { tag_name: tag, ...changes, ...(target !== undefined && { target_commitish: target }) }),
    async deleteDraft(id) {
      await octokit.request("DELETE /repos/{owner}/{repo}/releases/{release_id}", { ...repository, release_id: id });
    },
    async deleteAsset(id) {
      await octokit.request("DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}", { ...repository, asset_id: id });
    },
    // Whoever publishes asks what became of it before trying again.
    publish: ({ id, tag }, { prerelease, makeLatest }) =>
      update(session, id, { tag_name: tag, draft: false, prerelease, make_latest: makeLatest }, { repeatable: false }),
    async generateNotes({ tag, previousTag, target }) {
      const { data } = await octokit.request("POST /repos/{owner}/{repo}/releases/generate-notes", {
        ...repository,
        tag_name: tag,
        target_commitish: target,
        ...(previousTag !== undefined && { previous_tag_name: previousTag }),
        // a POST that keeps nothing: "The generated release notes are not saved anywhere"
        request: { repeatable: true },
      });
      return read(session, "generate release notes", NotesShape, data);
    },
    updateBody: ({ id, tag }, body) => update(session, id, { tag_name: tag, body }),
  };
}

interface ReleaseChanges {
  /** Always told: without it GitHub takes the tag from a draft. */
  readonly tag_name: string;
  readonly target_commitish?: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: false;
  readonly prerelease?: boolean;
  readonly make_latest?: "true" | "false" | "legacy";
}

async function update(
  session: Session,
  id: number,
  changes: ReleaseChanges,
  request: { readonly repeatable?: false } = {},
): Promise<Release> {
  const route = "PATCH /repos/{owner}/{repo}/releases/{release_id}";
  const { data } = await session.octokit.request(route, { ...session.repository, release_id: id, ...changes, request });
  return readRelease(session, "update a release", data);
}
