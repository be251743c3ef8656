import { type Repository, repositoryOf } from "../../changes/index.ts";
import { readActionsRun } from "../../github/index.ts";
import type { Project } from "../../release/run.ts";
import { asFailure, type SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import type { Context } from "../command.ts";
import type { Here } from "../publish/surroundings.ts";
import { type Finding, failed, fine, tolerated, warned } from "./finding.ts";

/** What there is to publish from, and what was found out about it. */
export interface Checkout {
  readonly here: Here;
  readonly findings: readonly Finding[];
}

/** Whether the image can be traced to a commit. What is no checkout can be published, and says so. */
export async function checkCheckout(context: Context, project: Project): Promise<Checkout> {
  const { environment, words } = context;
  const findings: Finding[] = [];
  const here: { -readonly [Key in keyof Here]: Here[Key] } = {};
  try {
    const repository = await repositoryOf(project.folder, { env: environment, signal: context.signal });
    if (repository !== undefined) here.repository = repository;
    findings.push(...repositoryFindings(repository, project.folder, words));
  } catch (thrown) {
    findings.push(gitFinding(thrown, words));
  }
  try {
    const actions = await readActionsRun(environment);
    if (actions !== undefined) here.actions = actions;
  } catch (thrown) {
    findings.push(failed("git", thrown, words));
  }
  return { here, findings };
}

function repositoryFindings(repository: Repository | undefined, folder: string, words: Words): readonly Finding[] {
  if (repository?.head === undefined) {
    return [warned("git", words.text("doctor.git.none", { folder }), words.text("doctor.git.none.hint"))];
  }
  const { head, branch, isDirty } = repository;
  const revision = head.revision.slice(0, 12);
  const names = [...(branch === undefined ? [] : [branch]), ...head.tags].join(", ");
  const found = fine("git", names === "" ? revision : `${revision} (${names})`);
  if (!isDirty) return [found];
  return [
    found,
    warned("git", words.text("doctor.git.dirty", { folder: repository.root }), words.text("doctor.git.dirty.hint")),
  ];
}

/** A run takes a machine without git for one without a checkout; what git refuses, it refuses a run, too. */
function gitFinding(thrown: unknown, words: Words): Finding {
  const error = asFailure(thrown);
  if (error.code === "GIT_MISSING") return tolerated("git", error, words);
  const folder = dubiousFolder(error);
  const finding = failed("git", error, words);
  if (folder === undefined) return finding;
  return { ...finding, hint: words.text("doctor.git.dubious.hint", { folder }) };
}

/** The folder that git takes for somebody else's. https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory */
function dubiousFolder({ code, facts }: SlipwayError): string | undefined {
  if (code !== "GIT_FAILED") return undefined;
  const folder = /dubious ownership in repository at '([^']+)'/.exec(String(facts.reason ?? ""))?.[1];
  return folder === undefined || /^[\w./@:+-]+$/.test(folder) ? folder : `'${folder}'`;
}
