import { z } from "zod";
import { SlipwayError } from "../words/error.ts";
import type { GitHub } from "./contract.ts";
import { pagesOf } from "./pages.ts";
import type { Release } from "./release.ts";
import type { Session } from "./session.ts";
import { read, readAsset, readRelease } from "./shapes.ts";

export type Observations = Pick<GitHub, "findReleases" | "release" | "assets" | "latestRelease" | "tagOf">;

const ObjectShape = z.object({ object: z.object({ type: z.string(), sha: z.string() }) });
/** A tag may point to a tag; nobody piles up more than a few. */
const MOST_TAG_OBJECTS = 10;

export function observationsOf(session: Session): Observations {
  const { octokit, repository } = session;
  const orAbsent = absence(session);
  return {
    async findReleases(tag) {
      const found = new Map<number, Release>();
      const listed = await pagesOf(session, "GET /repos/{owner}/{repo}/releases", {}, (data) =>
        readRelease(session, "list releases", data),
      );
      for (const release of listed) if (release.tag === tag) found.set(release.id, release);
      // the list may be a little behind
      const published = await orAbsent(async () => {
        const route = "GET /repos/{owner}/{repo}/releases/tags/{tag}";
        return readRelease(
          session,
          "get a release by tag",
          (await octokit.request(route, { ...repository, tag })).data,
        );
      });
      if (published !== undefined) found.set(published.id, published);
      return [...found.values()].sort((one, other) => other.id - one.id);
    },
    release: (id) =>
      orAbsent(async () => {
        const route = "GET /repos/{owner}/{repo}/releases/{release_id}";
        const { data } = await octokit.request(route, { ...repository, release_id: id });
        return readRelease(session, "get a release", data);
      }),
    assets: (releaseId) => {
      const route = "GET /repos/{owner}/{repo}/releases/{release_id}/assets";
      return pagesOf(session, route, { release_id: releaseId }, (data) =>
        readAsset(session, "list release assets", data),
      );
    },
    latestRelease: () =>
      orAbsent(async () => {
        const { data } = await octokit.request("GET /repos/{owner}/{repo}/releases/latest", repository);
        return { ...readRelease(session, "get the latest release", data), latest: true };
      }),
    tagOf: (name) => orAbsent(() => commitOfTag(session, name)),
  };
}

/**
 * Gives what a question finds, or undefined where GitHub has no such thing. As it also says 404 to who may not see the
 * repository at all, that is asked for, once, before nothing is believed.
 */
function absence({ octokit, repository }: Session) {
  let isVisible = false;
  return async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof SlipwayError) || thrown.code !== "GITHUB_NOT_FOUND") throw thrown;
      if (!isVisible) await octokit.request("GET /repos/{owner}/{repo}", repository);
      isVisible = true;
      return undefined;
    }
  };
}

/** https://docs.github.com/en/rest/git/tags: a tag with a message is an object of its own, which points on. */
async function commitOfTag(session: Session, name: string): Promise<string> {
  const { octokit, repository } = session;
  const answer = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
    ...repository,
    ref: `tags/${name}`,
  });
  let { object } = read(session, "get a reference", ObjectShape, answer.data);
  for (let depth = 0; object.type === "tag" && depth < MOST_TAG_OBJECTS; depth += 1) {
    const route = "GET /repos/{owner}/{repo}/git/tags/{tag_sha}";
    const { data } = await octokit.request(route, { ...repository, tag_sha: object.sha });
    object = read(session, "get a tag", ObjectShape, data).object;
  }
  return object.sha;
}
