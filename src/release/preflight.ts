import { builderProblems } from "../build/index.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import { builderFor } from "./builder.ts";
import { choiceFor } from "./choice.ts";
import type { Choice } from "./choose-image.ts";

import type { Outlet } from "./outlets.ts";
import { remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { type Sighting, sight } from "./sightings.ts";
import { done } from "./step.ts";
import { gitTagOf, notesOf } from "./wanted-release.ts";

/**
 * Whether a run could finish, found out before anything is changed: whether the version is free or ours everywhere,
 * whether registries take pushes, whether what builds is there, whether GitHub lets us release. A registry that does
 * not answer stops nothing yet: the others shall have the image.
 * @returns where the image comes from
 */
export async function preflight(run: Run, outlets: readonly Outlet[]): Promise<Choice> {
  return run.steps.run("preflight", async () => {
    const [tag] = run.edition.fixed;
    const sightings = tag === undefined ? [] : await sight(run.outlets, tag);
    const choice = await choiceFor(run, sightings);
    await probeOutlets(run, outlets, sightings);
    if (choice.kind === "build") await checkBuilder(run);
    await checkRelease(run);
    const facts = { registries: outlets.length, tag: tag ?? run.project.name };
    return [done(remark("remark.preflight.fine", facts)), choice];
  });
}

/** Opens an upload at each outlet that will be pushed to, and cancels it. */
async function probeOutlets(run: Run, outlets: readonly Outlet[], sightings: readonly Sighting[]): Promise<void> {
  const hasIt = (outlet: Outlet) =>
    sightings.some((sighting) => sighting.outlet.name === outlet.name && sighting.state === "there");
  const refused: SlipwayError[] = [];
  await Promise.all(
    outlets
      .filter((outlet) => !hasIt(outlet))
      .map(async (outlet) => {
        try {
          await outlet.target.probePush();
        } catch (thrown) {
          const error = asFailure(thrown).on("destination");
          // What may be over in a minute must not keep the image from the others.
          const tolerated = !outlet.required || error.retryable;
          await run.steps.add({ step: "preflight", subject: outlet.name, status: "failed", error, tolerated });
          if (!tolerated) refused.push(error);
        }
      }),
  );
  const [first] = refused;
  if (first !== undefined) throw first;
}

async function checkBuilder(run: Run): Promise<void> {
  const [problem] = await builderProblems(await builderFor(run), run.environment);
  if (problem !== undefined) throw problem;
}

async function checkRelease(run: Run): Promise<void> {
  const { edition, project, release } = run;
  const settings = project.publishing.release;
  if (settings === undefined || release === undefined || edition.version === undefined) return;
  await notesOf(settings, project.folder, edition.version);
  const { github, repository, isSameRepository } = release;
  const tag = gitTagOf(settings, edition.version);
  const { write } = await github.rights();
  if (write.state === "no") throw failure("RELEASE_NOT_ALLOWED", { repository, reason: write.reason });
  const there = await github.tagOf(tag);
  const ours = isSameRepository ? edition.revision : undefined;
  if (there !== undefined && ours !== undefined && there !== ours) {
    throw failure("GIT_TAG_ELSEWHERE", { tag, repository, there, ours });
  }
  if (there !== undefined) return;
  const fate = await github.isBurned(tag, ours);
  if (fate.state === "burned") throw failure("TAG_BURNED", { host: repository, operation: `a release of ${tag}` });
}
