import { GITHUB_API, parseApiUrl } from "./address.ts";
import type { GitHub } from "./contract.ts";
import type { GitHubOptions } from "./options.ts";

/**
 * GitHub's releases of one repository. Nothing is asked, and nothing heavy is loaded, before the first call.
 * https://docs.github.com/en/rest/releases
 * @throws GITHUB_API_URL_INVALID
 */
export function openGitHub(options: GitHubOptions): GitHub {
  const api = parseApiUrl(options.apiUrl ?? GITHUB_API);
  let connection: Promise<GitHub> | undefined;
  const connected = () => {
    connection ??= import("./connect.ts").then(({ connect }) => connect(api, options));
    return connection;
  };
  // a connection that could not be made has nothing to end
  const close = async () => (await connection?.catch(() => undefined))?.close();
  return {
    repository: options.repository,
    findReleases: async (tag) => (await connected()).findReleases(tag),
    release: async (id) => (await connected()).release(id),
    assets: async (id) => (await connected()).assets(id),
    latestRelease: async () => (await connected()).latestRelease(),
    tagOf: async (name) => (await connected()).tagOf(name),
    rights: async () => (await connected()).rights(),
    isBurned: async (tag, commit) => (await connected()).isBurned(tag, commit),
    createDraft: async (draft) => (await connected()).createDraft(draft),
    updateDraft: async (draft, changes) => (await connected()).updateDraft(draft, changes),
    deleteDraft: async (id) => (await connected()).deleteDraft(id),
    uploadAsset: async (release, upload) => (await connected()).uploadAsset(release, upload),
    deleteAsset: async (id) => (await connected()).deleteAsset(id),
    publish: async (draft, publication) => (await connected()).publish(draft, publication),
    generateNotes: async (range) => (await connected()).generateNotes(range),
    updateBody: async (release, body) => (await connected()).updateBody(release, body),
    close,
    [Symbol.asyncDispose]: close,
  };
}
