import type { Place } from "../../../config/reading/place.ts";
import { type CommandLine, readScript, simpleCommands } from "./script.ts";
import { inputOf, type Job, type Step, stepsIn, usesAction, type Workflow } from "./workflow.ts";
import { placeWithin, writtenOf } from "./written.ts";

/** A step that pushes images, or makes a release. */
export interface Publication {
  readonly job: Job;
  readonly step: Step;
  readonly place: Place;
  /** The command, or the action: what to call it. */
  readonly what: string;
}

const PUSH_COMMAND =
  /^(?:sudo\s+)?(?:docker\s+(?:image\s+|compose\s+(?:.*\s)?)?push\b|docker\s+buildx\s+(?:build|bake)\b.*\s--push\b|docker\s+(?:buildx\s+)?imagetools\s+create\b|docker\s+manifest\s+push\b|(?:podman|buildah)\s+(?:manifest\s+)?push\b|skopeo\s+(?:copy|sync)\b|crane\s+(?:push|copy|cp)\b|regctl\s+image\s+(?:copy|cp)\b|oras\s+(?:push|cp|copy)\b|(?:\S*\/)?image-syncer\s+-|regsync\s+(?:once|server)\b|slipway\s+(?:push|release|sync|copy)\b)/;

const RELEASE_COMMAND =
  /^(?:sudo\s+)?(?:gh\s+release\s+create\b(?!.*\s(?:--draft|-d)(?:\s|$))|gh\s+release\s+edit\b.*--draft=false\b|goreleaser\s+release\b(?!.*--(?:snapshot|skip[ =]\S*publish))|(?:npx\s+|yarn\s+|pnpm\s+)?semantic-release\b)/;

const RELEASE_ACTIONS = [
  "softprops/action-gh-release",
  "actions/create-release",
  "ncipollo/release-action",
  "marvinpinto/action-automatic-releases",
  "cycjimmy/semantic-release-action",
  "googleapis/release-please-action",
  "google-github-actions/release-please-action",
];

/** The steps that send images to registries. A `push` that is an expression may send them. */
export function imagePushes(workflow: Workflow): readonly Publication[] {
  return stepsIn(workflow).flatMap(({ job, step }) => {
    if (step.uses !== undefined) {
      return pushesByAction(step) ? [{ job, step, place: step.uses.place, what: actionOf(step.uses.text) }] : [];
    }
    return commandsOf(workflow, step)
      .filter(({ text }) => PUSH_COMMAND.test(text))
      .map((command) => ({ job, step, place: command.place, what: wordsOf(command.text) }));
  });
}

/** The steps that make a GitHub Release that everybody sees. Slipway's own come after the image by themselves. */
export function releasesMade(workflow: Workflow): readonly Publication[] {
  return stepsIn(workflow).flatMap(({ job, step }) => {
    if (step.uses !== undefined) {
      return releasesByAction(step) ? [{ job, step, place: step.uses.place, what: actionOf(step.uses.text) }] : [];
    }
    return commandsOf(workflow, step)
      .filter(({ text }) => RELEASE_COMMAND.test(text))
      .map((command) => ({ job, step, place: command.place, what: wordsOf(command.text) }));
  });
}

/** The jobs that push images or make releases. */
export function publishingJobs(workflow: Workflow): ReadonlySet<Job> {
  return new Set([...imagePushes(workflow), ...releasesMade(workflow)].map(({ job }) => job));
}

/** A single command of a `run`, and where it stands. */
export interface Command extends CommandLine {
  readonly place: Place;
}

/** The single commands of a step's script, each as far as it is no data. */
export function commandsOf(workflow: Workflow, { run }: Step): readonly Command[] {
  if (run === undefined) return [];
  return readScript(run.text)
    .commands.flatMap(simpleCommands)
    .map(({ text, offset }) => ({
      text: text.slice(0, LONGEST_COMMAND),
      offset,
      place: placeWithin(workflow.lines, run, offset),
    }));
}

/** What is longer is data; patterns that look at all of it would take their time. */
const LONGEST_COMMAND = 10_000;

function pushesByAction(step: Step): boolean {
  if (usesAction(step, "docker/build-push-action", "docker/bake-action")) {
    const push = writtenOf(inputOf(step, "push"))?.text;
    const outputs = writtenOf(inputOf(step, "outputs"))?.text ?? "";
    return (push !== undefined && !isNo(push)) || /\btype=registry\b|\bpush=true\b/.test(outputs);
  }
  if (usesAction(step, "redhat-actions/push-to-registry")) return true;
  if (usesAction(step, "elgohr/publish-docker-github-action")) return true;
  if (!isSlipway(step)) return false;
  const [command, args] = ["command", "args"].map((name) => writtenOf(inputOf(step, name))?.text ?? "");
  return /^(?:push|release|sync)\b/.test(command === "run" ? (args ?? "").trim() : (command ?? ""));
}

function releasesByAction(step: Step): boolean {
  if (usesAction(step, "goreleaser/goreleaser-action")) {
    const text = writtenOf(inputOf(step, "args"))?.text ?? "";
    return /\brelease\b/.test(text) && !/--snapshot|--skip[ =]\S*publish/.test(text);
  }
  return usesAction(step, ...RELEASE_ACTIONS) && writtenOf(inputOf(step, "draft"))?.text !== "true";
}

/** Slipway's own action, whoever holds a copy of it. */
function isSlipway(step: Step): boolean {
  return /^[\w.-]+\/slipway(?:@|$)/i.test(step.uses?.text ?? "");
}

function isNo(text: string): boolean {
  return /^(?:false|no|off|0)$/i.test(text) || /^\$\{\{\s*false\s*\}\}$/.test(text);
}

function actionOf(uses: string): string {
  return uses.split("@")[0] ?? uses;
}

/** `docker push`, `gh release create`: the words before the first option or argument that is no word. */
function wordsOf(command: string): string {
  return /^(?:\S*\/)?[\w-]+(?:\s+[a-z]+\b(?![./:@=]))*/.exec(command)?.[0] ?? command.slice(0, 40);
}
