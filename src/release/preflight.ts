import { builderProblems } from "../build/index.ts";
import { sasProblem } from "../source/index.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import { expectedBuilder } from "./builder.ts";
import { choiceFor } from "./choice.ts";
import type { Choice } from "./choose-image.ts";
import { gitTagOf } from "./git-tag.ts";
import type { Outlet } from "./outlets.ts";
import { releaseTag } from "./release-tag.ts";
import { remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { type Sighting, sight } from "./sightings.ts";
import { done } from "./step.ts";
import { notesOf } from "./wanted-release.ts";

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
    const unreachable = await probeOutlets(run, outlets, sightings);
    if (choice.kind === "build") {
      checkSource(run);
      await checkBuilder(run);
    }
    await checkRelease(run);
    const facts = { registries: outlets.length - unreachable, tag: tag ?? run.project.name };
    const told = outlets.length === 0 ? remark("remark.preflight.build", {}) : remark("remark.preflight.fine", facts);
    return [done(told), choice];
  });
}

/**
 * Opens an upload at each outlet that will be pushed to, and cancels it.
 * @returns how many take no pushes now, though that stops nothing
 */
async function probeOutlets(run: Run, outlets: readonly Outlet[], sightings: readonly Sighting[]): Promise<number> {
  const hasIt = (outlet: Outlet) =>
    sightings.some((sighting) => sighting.outlet.name === outlet.name && sighting.state === "there");
  const refused: SlipwayError[] = [];
  let unreachable = 0;
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
          if (tolerated) unreachable += 1;
          else refused.push(error);
        }
      }),
  );
  const [first] = refused;
  if (first !== undefined) throw first;
  return unreachable;
}

/** A package that is checked by its checksum may lie here already, and then nobody needs to be asked for it. */
function checkSource({ project }: Run): void {
  const { source } = project.publishing;
  if (source?.origin.kind !== "azure-blob" || source.checksum !== undefined) return;
  const problem = sasProblem(source.origin.url);
  if (problem !== undefined) throw problem;
}

async function checkBuilder(run: Run): Promise<void> {
  const [problem] = await builderProblems(await expectedBuilder(run), run.environment);
  if (problem !== undefined) throw problem;
}

async function checkRelease(run: Run): Promise<void> {
  const { edition, project, release } = run;
  const settings = project.publishing.release;
  if (settings === undefined || release === undefined || edition.version === undefined) return;
  await notesOf(settings, project.folder, edition.version);
  const { github, repository } = release;
  const { write } = await github.rights();
  if (write.state === "no") throw failure("RELEASE_NOT_ALLOWED", { repository, reason: write.reason });
  const tag = await releaseTag(release, gitTagOf(settings, edition.version), edition.revision);
  if (tag.kind === "unusable") throw tag.error;
}
