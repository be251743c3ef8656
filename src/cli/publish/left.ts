import { gitTagOf } from "../../release/git-tag.ts";
import { findRelease } from "../../release/github-release.ts";
import { type Remark, remark } from "../../release/remark.ts";
import type { Run } from "../../release/run.ts";
import { type Sighting, sight } from "../../release/sightings.ts";
import { asFailure } from "../../words/error.ts";

/** What stands where after a run that did not reach its end: asked anew, for what was said during the run may be old. */
export async function whatIsLeft(run: Run): Promise<readonly Remark[]> {
  const [tag] = run.edition.fixed;
  if (tag === undefined) return [];
  const sightings = await sight(run.outlets, tag);
  const places = sightings.map((sighting, at) =>
    leftAt(sighting, `${run.outlets[at]?.target.name ?? sighting.outlet.name}:${tag}`),
  );
  return [...places, ...(await releaseLeft(run))];
}

function leftAt(sighting: Sighting, image: string): Remark {
  switch (sighting.state) {
    case "there":
      return remark("publish.left.there", { image, digest: sighting.digest });
    case "absent":
      return remark("publish.left.absent", { image });
    case "unknown":
      return remark("publish.left.unknown", { image, code: sighting.error.code });
  }
}

async function releaseLeft({ release, edition, project }: Run): Promise<readonly Remark[]> {
  if (release === undefined || edition.version === undefined) return [];
  const { repository, github } = release;
  const tag = gitTagOf(project.publishing.release, edition.version);
  try {
    const there = await findRelease(github, tag);
    return [remark(`publish.left.release.${there?.state ?? "none"}`, { repository, tag })];
  } catch (thrown) {
    return [remark("publish.left.release.unknown", { repository, code: asFailure(thrown).code })];
  }
}
