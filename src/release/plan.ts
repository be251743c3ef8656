import type { SourceSettings } from "../config/slipway/publishing.ts";
import type { Digest } from "../oci/digest.ts";
import { asFailure, failure, type SlipwayError } from "../words/error.ts";
import { choiceFor } from "./choice.ts";
import type { Choice } from "./choose-image.ts";
import { planFloating } from "./floating.ts";
import { floatingRemark } from "./floating-step.ts";
import { gitTagOf } from "./git-tag.ts";
import { findRelease } from "./github-release.ts";
import type { Outlet } from "./outlets.ts";
import { type Remark, remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { type Sighting, sight } from "./sightings.ts";
import type { StepName } from "./step.ts";
import { builderOf, fromOf } from "./targets.ts";
import { fillVersion } from "./version-template.ts";
import { notesOf } from "./wanted-release.ts";

/** One thing that a run would do, or would leave as it is, or could not do. */
export type PlannedStep = { readonly step: StepName; readonly subject?: string } & (
  | { readonly action: "do" | "leave"; readonly remark: Remark }
  | { readonly action: "fail"; readonly error: SlipwayError; readonly tolerated: boolean }
);

/** How far a command goes. */
export type Scope = "build" | "push" | "github-release" | "release";

/**
 * What a run would do, from observations alone; nothing is written anywhere. The run itself observes again.
 * @param outlets those that would be pushed to
 * @throws VERSION_NEEDED, NOTES_UNREADABLE
 */
export async function planRun(run: Run, scope: Scope, outlets: readonly Outlet[]): Promise<readonly PlannedStep[]> {
  const [tag] = run.edition.fixed;
  const sightings = tag === undefined ? [] : await sight(run.outlets, tag);
  let choice: Choice;
  try {
    choice = await choiceFor(run, sightings);
  } catch (thrown) {
    return [{ step: "preflight", action: "fail", error: asFailure(thrown), tolerated: false }];
  }
  const digest = choice.kind === "build" ? undefined : choice.digest;
  const steps: PlannedStep[] = [...planImage(run, choice)];
  if (scope === "build") return steps;
  steps.push(...planPush(run, outlets, sightings, digest));
  if (scope === "push") return steps;
  steps.push(...(await planRelease(run)));
  if (scope === "release") steps.push(...(await planFloatingTags(run, outlets, digest)));
  return steps;
}

function planImage(run: Run, choice: Choice): readonly PlannedStep[] {
  const { source, build } = run.project.publishing;
  const [tag = ""] = run.edition.fixed;
  if (choice.kind === "outlet") {
    const facts = { digest: choice.digest, registry: choice.name, tag };
    return [{ step: "build", action: "leave", remark: remark("remark.build.exists", facts) }];
  }
  if (choice.kind === "layout") {
    return [{ step: "build", action: "leave", remark: remark("remark.build.kept", { digest: choice.digest }) }];
  }
  return [
    ...planSource(source, run.edition.version).filter(({ action }) => action === "do"),
    would("build", remark("plan.build", { builder: builderOf(build) })),
  ];
}

/** What is done before a build, where nothing of it is there. */
export function planSource(source: SourceSettings | undefined, version: string | undefined): readonly PlannedStep[] {
  const unpack = source?.unpack;
  return [
    source === undefined
      ? { step: "download", action: "leave", remark: remark("remark.download.none", {}) }
      : would("download", remark("plan.download", { what: filled(fromOf(source), version) })),
    unpack === undefined
      ? { step: "unpack", action: "leave", remark: remark("remark.unpack.none", {}) }
      : would("unpack", remark("plan.unpack", { folder: filled(unpack, version) })),
  ];
}

/** With the version, where there is one: what is only shown may stay open. */
function filled(text: string, version: string | undefined): string {
  return version === undefined ? text : fillVersion(text, version, "plan");
}

function would(step: StepName, what: Remark, subject?: string): PlannedStep {
  return { step, ...(subject !== undefined && { subject }), action: "do", remark: what };
}

function planPush(
  { edition }: Run,
  outlets: readonly Outlet[],
  sightings: readonly Sighting[],
  digest: Digest | undefined,
): readonly PlannedStep[] {
  const [tag] = edition.fixed;
  const moving = edition.moving.map(({ name }) => name);
  if (tag === undefined && moving.length === 0) throw failure("VERSION_NEEDED", { where: "`push`" });
  return outlets.flatMap((outlet) => {
    const { name, target, required, adapt } = outlet;
    const image = `${target.name}:${tag}`;
    const sighting = sightings.find((one) => one.outlet.name === name);
    const push = tag === undefined ? [] : [planFixed()];
    return [
      ...push,
      ...moving.map((one) => would("push", remark("plan.push", { image: `${target.name}:${one}` }), name)),
    ];

    function planFixed(): PlannedStep {
      if (sighting?.state === "unknown") {
        return { step: "push", subject: name, action: "fail", error: sighting.error, tolerated: !required };
      }
      if (sighting?.state !== "there") return would("push", remark("plan.push", { image }), name);
      const there = sighting.digest;
      if (there === digest || adapt) {
        return {
          step: "push",
          subject: name,
          action: "leave",
          remark: remark("remark.push.in-step", { image, digest: there }),
        };
      }
      const error = failure("TAG_TAKEN", { image, there, ours: digest ?? "none" });
      return { step: "push", subject: name, action: "fail", error, tolerated: !required };
    }
  });
}

async function planRelease({ release, edition, project }: Run): Promise<readonly PlannedStep[]> {
  const settings = project.publishing.release;
  if (release === undefined || settings === undefined || edition.version === undefined) {
    return [{ step: "publish", action: "leave", remark: remark("remark.release.none", {}) }];
  }
  await notesOf(settings, project.folder, edition.version);
  const { repository, github } = release;
  const tag = gitTagOf(settings, edition.version);
  const there = await findRelease(github, tag);
  if (there?.state === "published") {
    const told = remark("remark.release.published", { tag, url: there.htmlUrl });
    return [{ step: "publish", action: "leave", remark: told }];
  }
  if (there !== undefined) return [would("publish", remark("plan.release.go-on", { tag, repository }))];
  const { assets = [] } = settings;
  if (assets.length === 0) return [would("publish", remark("plan.release.plain", { tag, repository }))];
  const patterns = filled(assets.join(", "), edition.version);
  return [would("publish", remark("plan.release.create", { tag, repository, patterns }))];
}

async function planFloatingTags(
  { edition }: Run,
  outlets: readonly Outlet[],
  digest: Digest | undefined,
): Promise<readonly PlannedStep[]> {
  const { version = "", floating } = edition;
  const planned = await Promise.all(
    outlets.map(async (outlet): Promise<readonly PlannedStep[]> => {
      try {
        const plans = await planFloating({ outlet, digest }, floating, version);
        return plans.map((plan): PlannedStep => {
          const image = `${outlet.target.name}:${plan.tag}`;
          return plan.kind === "move"
            ? would("floating-tags", remark("plan.floating", { image, version }), image)
            : { step: "floating-tags", subject: image, action: "leave", remark: floatingRemark(plan, version) };
        });
      } catch (thrown) {
        return [
          {
            step: "floating-tags",
            subject: outlet.name,
            action: "fail",
            error: asFailure(thrown),
            tolerated: !outlet.required,
          },
        ];
      }
    }),
  );
  return planned.flat();
}
