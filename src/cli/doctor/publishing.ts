import type { Config } from "../../config/slipway/load-config.ts";
import type { Edition } from "../../release/edition.ts";
import { type Outlet, outletsOf } from "../../release/outlets.ts";
import type { Project } from "../../release/run.ts";
import type { Words } from "../../words/words.ts";
import type { Context } from "../command.ts";
import { imageAt } from "../places.ts";
import { projectOf } from "../publish/project.ts";
import { editionHere, type Here } from "../publish/surroundings.ts";
import type { Session } from "../session.ts";
import { checkBuilder } from "./builder.ts";
import { checkCheckout } from "./checkout.ts";
import { type Finding, failed } from "./finding.ts";
import { checkGitHub } from "./github.ts";
import { checkPackage } from "./package.ts";
import { checkReleaseFiles } from "./release-files.ts";
import { checkVersion } from "./version.ts";

/**
 * Whether the project could be published, and the version that is at hand released. Nothing is built, fetched or
 * changed.
 * @param version as the user named it; else the environment's, or the git tag's
 */
export async function checkPublishing(
  context: Context,
  config: Config,
  session: Session,
  version: string | undefined,
): Promise<readonly Finding[]> {
  const { words, environment, signal } = context;
  const project = projectOf(config);
  const { here, findings } = await checkCheckout(context, project);
  const edition = editionAt(context, project, here, version);
  const named = "edition" in edition ? edition.edition : undefined;
  const outlets = outletsAt(config, session, words);
  const material = {
    project,
    environment,
    signal,
    edition: named ?? NO_EDITION,
    openImage: (text: string) => imageAt(session, text),
  };
  const groups = await Promise.all([
    checkBuilder(material, words),
    checkPackage(project, named?.version, words, signal),
    "outlets" in outlets && named !== undefined ? checkVersion(named, outlets.outlets, words) : [],
    checkGitHub(context, project, here, named),
    checkReleaseFiles(project, named?.version, words),
  ]);
  const unnamed = [edition, outlets].flatMap((one) => ("finding" in one ? [one.finding] : []));
  return [...findings, ...unnamed, ...groups.flat()];
}

/** What a build is asked about that nobody can name. */
const NO_EDITION: Edition = {
  created: new Date(0),
  labels: {},
  fixed: [],
  floating: [],
  moving: [],
  warnings: [],
};

type Failed = { readonly finding: Finding };

function editionAt(
  context: Context,
  project: Project,
  here: Here,
  version: string | undefined,
): { readonly edition: Edition } | Failed {
  try {
    // That the tree is dirty has its own line.
    return { edition: editionHere(context, project, here, { version, allowDirty: true }) };
  } catch (thrown) {
    return { finding: failed("version", thrown, context.words) };
  }
}

/** Registries are needed for a release alone: what is only built stays here. */
function outletsAt(
  { registries, publishing }: Config,
  { registry }: Session,
  words: Words,
): { readonly outlets: readonly Outlet[] } | Failed {
  try {
    return { outlets: outletsOf(registries, (reference) => registry.repository(reference)) };
  } catch (thrown) {
    return publishing.release === undefined ? { outlets: [] } : { finding: failed("destination", thrown, words) };
  }
}
