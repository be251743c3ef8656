import { entriesOf, entryOf, itemsOf } from "../../config/reading/tree.ts";
import { parseFlavor, parseTagRule } from "../../metadata/index.ts";
import { parsePlatform } from "../../oci/platform.ts";
import { canonicalHost } from "../../oci/reference.ts";
import { inputOf, type Step, triggerOf, usesAction, type Workflow } from "../../workflows/lint/model/workflow.ts";
import { linesOf, writtenOf } from "../../workflows/lint/model/written.ts";
import { readYamlText } from "../../workflows/lint/model/yaml-text.ts";
import { addNew, type Found } from "./found.ts";
import { imageOf, type Surroundings, withVariables } from "./github-values.ts";

/** A step of a workflow, and what its expressions can be made of. */
export interface StepHere {
  readonly workflow: Workflow;
  readonly step: Step;
  readonly surroundings: Surroundings;
}

/** Takes what a step of a known action says. */
export function readStep(here: StepHere, found: Found): void {
  const readers: readonly (readonly [action: string, read: (here: StepHere, found: Found) => void])[] = [
    ["docker/login-action", readLogin],
    ["docker/metadata-action", readMetadata],
    ["docker/build-push-action", readBuild],
    ["softprops/action-gh-release", readRelease],
    ["dorny/paths-filter", readPaths],
  ];
  const read = readers.find(([action]) => usesAction(here.step, action))?.[1];
  if (read === undefined) return;
  found.files.add(here.workflow.file);
  read(here, found);
}

/** https://github.com/docker/login-action#customizing */
function readLogin({ workflow, step, surroundings }: StepHere, found: Found): void {
  const value = (name: string) => withVariables(writtenOf(inputOf(step, name))?.text ?? "", surroundings);
  const registry = value("registry");
  const [username = "", password = ""] = [value("username"), value("password")];
  if (registry === undefined || username === "" || password === "") {
    found.left.push({ key: "init.login-left", where: placeOf(workflow, step) });
    return;
  }
  const host = hostOf(registry);
  if (!found.logins.some((login) => login.registry === host)) found.logins.push({ registry: host, username, password });
}

/** As images have it; a variable's name stays as it is written. */
function hostOf(registry: string): string {
  const host = registry.replace(/^https?:\/\//, "").replace(/\/.*$/, "") || "docker.io";
  return host.includes("$") ? host : canonicalHost(host);
}

/** https://github.com/docker/metadata-action#inputs */
function readMetadata({ workflow, step, surroundings }: StepHere, found: Found): void {
  const left = (text: string) =>
    found.left.push({ key: "init.value-left", where: placeOf(workflow, step), value: text });
  for (const line of linesOf(inputOf(step, "images"))) {
    const name = /(?:^|,)name=([^,]+)/.exec(line)?.[1] ?? line.split(",", 1).join();
    const image = imageOf(name, surroundings);
    if (image === undefined || /(?:^|,)enable=(?!true)/.test(line)) left(line);
    if (image !== undefined) addNew(found.images, image);
  }
  for (const line of linesOf(inputOf(step, "tags"))) takeChecked(line, parseTagRule, found.tags, left);
  for (const line of linesOf(inputOf(step, "flavor"))) {
    takeChecked(line, (text) => parseFlavor([text]), found.flavor, left);
  }
}

/** https://github.com/docker/build-push-action#inputs */
function readBuild({ workflow, step, surroundings }: StepHere, found: Found): void {
  const left = (text: string) =>
    found.left.push({ key: "init.value-left", where: placeOf(workflow, step), value: text });
  const value = (name: string) => {
    const text = writtenOf(inputOf(step, name))?.text;
    const made = text === undefined ? undefined : withVariables(text, surroundings);
    if (text !== undefined && made === undefined) left(`${name}: ${text}`);
    return made;
  };
  const isOfTags = entryOf(triggerOf(workflow, "push")?.settings, "tags") !== undefined;
  for (const line of linesOf(inputOf(step, "tags"), /\r?\n|,/)) {
    if (/^\$\{\{\s*steps\.[\w-]+\.outputs\.[\w-]+\s*\}\}$/.test(line)) continue; // metadata-action's, which is read itself
    const { repository, tag } = parted(line);
    const image = imageOf(repository, surroundings);
    const rule = ruleOf(tag, isOfTags);
    if (image === undefined || rule === undefined) left(line);
    if (image !== undefined) addNew(found.images, image);
    if (rule !== undefined) takeChecked(rule, parseTagRule, found.tags, left);
  }
  const platforms: string[] = [];
  for (const line of linesOf(inputOf(step, "platforms"), /\r?\n|,/)) takeChecked(line, parsePlatform, platforms, left);
  const args = linesOf(inputOf(step, "build-args")).flatMap((line): readonly (readonly [string, string])[] => {
    const [, name = "", text = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
    const made = name === "" ? undefined : withVariables(text, surroundings);
    if (made === undefined) left(line);
    return made === undefined ? [] : [[name, made]];
  });
  const [context, dockerfile, target] = [value("context"), value("file"), value("target")];
  const isUsual = context === undefined || context === "." || context === "./";
  found.builds.push({
    ...(!isUsual && { context: context.replace(/^\.\//, "") }),
    ...(dockerfile !== undefined && { dockerfile: dockerfile.replace(/^\.\//, "") }),
    ...(target !== undefined && { target }),
    ...(platforms.length > 0 && { platforms }),
    ...(args.length > 0 && { args: Object.fromEntries(args) }),
  });
}

/** https://github.com/softprops/action-gh-release#inputs */
function readRelease({ workflow, step, surroundings }: StepHere, found: Found): void {
  const plain = (name: string) => {
    const text = writtenOf(inputOf(step, name))?.text;
    if (text === undefined) return undefined;
    const made = name === "repository" ? withVariables(text, surroundings) : text;
    if (made !== undefined && !/\$\{/.test(made)) return made;
    found.left.push({ key: "init.value-left", where: placeOf(workflow, step), value: `${name}: ${text}` });
    return undefined;
  };
  const assets = linesOf(inputOf(step, "files")).filter((line) => {
    const isPlain = !line.includes("${{");
    if (!isPlain) found.left.push({ key: "init.value-left", where: placeOf(workflow, step), value: line });
    return isPlain;
  });
  for (const name of ["body", "draft", "prerelease"]) {
    const text = writtenOf(inputOf(step, name))?.text;
    if (text !== undefined && text !== "false") {
      found.left.push({
        key: "init.value-left",
        where: placeOf(workflow, step),
        value: `${name}: ${text.split("\n", 1)}`,
      });
    }
  }
  const [github, notes] = [plain("repository"), plain("body_path")];
  found.releases.push({
    ...(github !== undefined && { github }),
    ...(assets.length > 0 && { assets }),
    ...(notes !== undefined && { notes }),
  });
}

/** https://github.com/dorny/paths-filter#usage: what is built when files of one filter change. */
function readPaths({ workflow, step }: StepHere, found: Found): void {
  const filters = readYamlText(workflow.file, writtenOf(inputOf(step, "filters"))?.text ?? "");
  const [only, ...others] = filters.kind === "tree" ? entriesOf(filters.tree) : [];
  const items = itemsOf(only?.value);
  const paths = items.flatMap((item) => writtenOf(item)?.text ?? []);
  if (others.length === 0 && paths.length > 0 && paths.length === items.length) found.builds.push({ paths });
  else found.left.push({ key: "init.value-left", where: placeOf(workflow, step), value: "filters" });
}

function placeOf(workflow: Workflow, step: Step): string {
  return `${workflow.file}:${step.place.line}`;
}

function takeChecked(
  text: string,
  check: (text: string) => unknown,
  list: string[],
  left: (text: string) => void,
): void {
  if (!isAccepted(text, check)) left(text);
  else addNew(list, text);
}

function isAccepted(text: string, check: (text: string) => unknown): boolean {
  if (text.includes("${{")) return false;
  try {
    check(text);
    return true;
  } catch {
    return false;
  }
}

/** Repository and tag of a reference in which expressions stand. */
function parted(reference: string): { readonly repository: string; readonly tag: string } {
  const [, repository = reference, tag = "latest"] =
    /^(.*(?:\/|\}\})?[^/]*?):((?:\$\{\{.*?\}\}|[^:/])+)$/.exec(reference) ?? [];
  return { repository, tag };
}

/** The rule that gives a tag of these words; undefined where none does. */
function ruleOf(tag: string, isOfTags: boolean): string | undefined {
  if (!tag.includes("${{")) return tag === "latest" ? tag : `type=raw,value=${tag}`;
  const [, prefix = "", expression = "", suffix = ""] = /^([\w.-]*)\$\{\{\s*([\w.]+)\s*\}\}([\w.-]*)$/.exec(tag) ?? [];
  const around = `${prefix === "" ? "" : `,prefix=${prefix}`}${suffix === "" ? "" : `,suffix=${suffix}`}`;
  if (expression === "github.sha")
    return `type=sha,format=long,prefix=${prefix}${suffix === "" ? "" : `,suffix=${suffix}`}`;
  if (expression !== "github.ref_name") return undefined;
  return isOfTags ? `type=semver,pattern=v{{version}}${around}` : `type=ref,event=branch${around}`;
}
