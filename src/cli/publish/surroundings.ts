import { type Repository, repositoryOf } from "../../changes/index.ts";
import { type ActionsRun, readActionsRun } from "../../github/index.ts";
import { canonicalVersion, type EventName, newestOf, type Ref, type Surroundings } from "../../metadata/index.ts";
import { type Edition, editionOf } from "../../release/edition.ts";
import { versionOfGitTag } from "../../release/git-tag.ts";
import type { Project } from "../../release/run.ts";
import { failure, SlipwayError } from "../../words/error.ts";
import type { Context } from "../command.ts";

/** What a command runs in: the checkout, and the run of Actions, where there are such. */
export interface Here {
  readonly repository?: Repository;
  readonly actions?: ActionsRun;
}

/** Looks around a project's folder. @throws GIT_FAILED, ACTIONS_RUN_INVALID */
export async function lookAround(context: Context, project: Project): Promise<Here> {
  const [repository, actions] = await Promise.all([
    repositoryOf(project.folder, { env: context.environment }).catch(withoutGit),
    readActionsRun(context.environment),
  ]);
  return { ...(repository !== undefined && { repository }), ...(actions !== undefined && { actions }) };
}

/** A machine without git has no checkout that could be asked. */
function withoutGit(thrown: unknown): undefined {
  if (thrown instanceof SlipwayError && thrown.code === "GIT_MISSING") return undefined;
  throw thrown;
}

export interface EditionWishes {
  /** As the user named it. */
  readonly version?: string | undefined;
  readonly allowDirty?: boolean | undefined;
}

/** Names what is published from here. @throws VERSION_INVALID, TREE_DIRTY */
export function editionHere(context: Context, project: Project, here: Here, wishes: EditionWishes): Edition {
  const version = versionHere(context, project, here, wishes.version);
  const head = here.repository?.head;
  if (version !== undefined && here.repository?.isDirty === true && wishes.allowDirty !== true) {
    throw failure("TREE_DIRTY", { folder: here.repository.root, revision: head?.revision.slice(0, 12) ?? "" });
  }
  return editionOf(project.publishing, surroundingsOf(context, project, here, version));
}

/** Named, or the one that the git tag of this run or checkout stands for. */
function versionHere(
  { environment }: Context,
  { publishing }: Project,
  { actions, repository }: Here,
  named: string | undefined,
): string | undefined {
  const given = named ?? environment.SLIPWAY_VERSION;
  if (given !== undefined && given !== "") return canonicalVersion(given);
  const inTag = (tag: string) => versionOfGitTag(publishing.release, tag);
  if (actions !== undefined) {
    // A branch's run must not publish a version because somebody has put a tag on the same commit.
    const ref = refOf(actions);
    return ref?.kind === "tag" ? inTag(ref.name) : undefined;
  }
  return newestOf((repository?.head?.tags ?? []).flatMap((tag) => inTag(tag) ?? []));
}

function surroundingsOf(
  { environment }: Context,
  project: Project,
  { repository, actions }: Here,
  version: string | undefined,
): Surroundings {
  const head = repository?.head;
  const branch = repository?.branch;
  const ref: Ref | undefined =
    actions === undefined ? (branch === undefined ? undefined : { kind: "branch", name: branch }) : refOf(actions);
  const revision = head?.revision ?? actions?.revision;
  const commitDate = sourceDate(environment) ?? head?.commitDate;
  const { event } = actions ?? {};
  const url = actions === undefined ? repository?.originUrl : `${actions.serverUrl}/${nameOf(actions)}`;
  return {
    now: new Date(),
    title: project.name,
    ...(version !== undefined && { version }),
    ...(actions !== undefined && { event: eventOf(actions) }),
    ...(ref !== undefined && { ref }),
    ...(revision !== undefined && { revision }),
    ...(commitDate !== undefined && { commitDate }),
    ...(actions?.defaultBranch !== undefined && { defaultBranch: actions.defaultBranch }),
    ...(event?.kind === "pull_request" && { baseRef: event.baseRef }),
    ...(url !== undefined && { repositoryUrl: url }),
  };
}

/** https://reproducible-builds.org/docs/source-date-epoch/ */
function sourceDate({ SOURCE_DATE_EPOCH: seconds = "" }: NodeJS.ProcessEnv): Date | undefined {
  return /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1000) : undefined;
}

function nameOf({ repository: { owner, name } }: ActionsRun): string {
  return `${owner}/${name}`;
}

function refOf({ event, ref }: ActionsRun): Ref | undefined {
  if (event.kind === "workflow_run") return { kind: "branch", name: event.headBranch };
  if (event.kind === "pull_request") return { kind: "pull", number: event.number };
  const [, kind, name = ""] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === "heads") return { kind: "branch", name };
  return kind === "tags" ? { kind: "tag", name } : undefined;
}

function eventOf({ event, ref }: ActionsRun): EventName {
  switch (event.kind) {
    case "push":
      return ref.startsWith("refs/tags/") ? "tag" : "push";
    case "pull_request":
      return "pull-request";
    case "schedule":
      return "schedule";
    case "release":
      return "release";
    case "workflow_run":
      return "push";
    default:
      return "manual";
  }
}
