import type { Place } from "../../../config/reading/place.ts";
import { commandsOf, imagePushes } from "./publications.ts";
import { inputOf, type Job, type Step, usesAction, type Workflow } from "./workflow.ts";
import { linesOf, writtenOf } from "./written.ts";

/** An image that is built and pushed. */
export interface Build {
  readonly job: Job;
  readonly step: Step;
  readonly place: Place;
  /** References, as written: expressions may stand in them. */
  readonly tags: readonly string[];
  /** As written, sorted; empty: those of the runner. */
  readonly platforms: readonly string[];
  /** What it is made from: the same recipe should be built once. */
  readonly recipe: string;
}

/** What is built and pushed in one go. What is pushed by digest alone is a part of an image that is put together later. */
export function pushedBuilds(workflow: Workflow): readonly Build[] {
  return imagePushes(workflow).flatMap(({ job, step, place, what }) => {
    if (usesAction(step, "docker/build-push-action")) {
      if (/push-by-digest=true/.test(writtenOf(inputOf(step, "outputs"))?.text ?? "")) return [];
      const recipe = ["context", "file", "target", "build-args"].map((name) => linesOf(inputOf(step, name)).join("\n"));
      const tags = linesOf(inputOf(step, "tags"), /\r?\n|,/);
      const platforms = linesOf(inputOf(step, "platforms"), /\r?\n|,/).toSorted();
      return [{ job, step, place, tags, platforms, recipe: JSON.stringify([recipe[0] || ".", ...recipe.slice(1)]) }];
    }
    const command = commandsOf(workflow, step).find(
      (one) => one.place.line === place.line && one.place.column === place.column,
    );
    if (command === undefined || !/^docker buildx build$/.test(what)) return [];
    const tags = optionsOf(command.text, /(?:-t|--tag)/);
    const platforms = optionsOf(command.text, /--platform/)
      .flatMap((text) => text.split(","))
      .toSorted();
    const [file = ""] = optionsOf(command.text, /(?:-f|--file)/);
    const [target = ""] = optionsOf(command.text, /--target/);
    const context = command.text.split(/\s+/).at(-1) ?? ".";
    const recipe = JSON.stringify([context, file, target, optionsOf(command.text, /--build-arg/).join("\n")]);
    return [{ job, step, place, tags, platforms, recipe }];
  });
}

function optionsOf(command: string, name: RegExp): readonly string[] {
  const pattern = new RegExp(`(?:^|\\s)${name.source}(?:=|\\s+)(?:"([^"]*)"|'([^']*)'|(\\S+))`, "g");
  return [...command.matchAll(pattern)].map(([, double, single, plain]) => double ?? single ?? plain ?? "");
}

/** Repository of a reference as written, without tag and digest; expressions stay. */
export function repositoryOf(tag: string): string {
  const name = tag.replace(/@sha256:.*$/, "");
  const colon = name.lastIndexOf(":");
  return colon > name.lastIndexOf("/") ? name.slice(0, colon) : name;
}
