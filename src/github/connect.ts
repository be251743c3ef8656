import type { GitHub } from "./contract.ts";
import { effectsOn } from "./effects.ts";
import { observationsOf } from "./observations.ts";
import { makeOctokit } from "./octokit.ts";
import { DEFAULT_RETRY, DEFAULT_SILENCE, type GitHubOptions } from "./options.ts";
import { rightsOf } from "./read-rights.ts";
import type { Session } from "./session.ts";
import { tagFateOf } from "./tag-fate.ts";
import { openTransport } from "./transport.ts";
import { uploadTo } from "./upload.ts";

/** Brings the parts together: the way there, Octokit with its rules of repeating, what can be asked and done. */
export function connect(api: URL, options: GitHubOptions): GitHub {
  const { repository, signal, environment = process.env, ca } = options;
  const transport = openTransport({ api, environment, ca, silence: { ...DEFAULT_SILENCE, ...options.silence } });
  const octokit = makeOctokit({ ...options, api, transport, retry: { ...DEFAULT_RETRY, ...options.retry } });
  const session: Session = { api, octokit, repository: { owner: repository.owner, repo: repository.name }, signal };
  const observations = observationsOf(session);
  return {
    repository,
    ...observations,
    ...effectsOn(session),
    rights: () => rightsOf(session),
    isBurned: (tag, commit) => tagFateOf(session, observations, tag, commit),
    uploadAsset: (release, upload) => uploadTo(session, release, upload),
    close: transport.close,
    [Symbol.asyncDispose]: transport.close,
  };
}
