import { problemsOf } from "../../config/reading/problems.ts";
import type { Settings } from "../../config/settings.ts";
import { dockerConfigPaths } from "../../registry/credentials/index.ts";
import { asFailure } from "../../words/error.ts";
import { cacheFolder } from "../cache-folder.ts";
import type { Context } from "../command.ts";
import { NO_SETTINGS, openSession } from "../session.ts";
import { configFile } from "../settings.ts";
import { readSyncSettings } from "../sync-settings.ts";
import { type Finding, failed } from "./finding.ts";
import { checkHelpers } from "./helpers.ts";
import { checkCache, checkNode } from "./machine.ts";
import { checkRegistry, hostsOf } from "./registries.ts";
import { checkRepositories } from "./repositories.ts";

/** Image-syncer's files, where those are what is to be examined. */
export interface Files {
  readonly auth: string | undefined;
  readonly images: string | undefined;
}

/** All checks, from this machine outwards. */
export async function examine(context: Context, files: Files): Promise<readonly Finding[]> {
  const { environment, globals, words } = context;
  const config = examineConfig(context, files);
  const machine = [
    checkNode(process.versions.node, words),
    ...config.findings,
    await checkCache(cacheFolder(globals.cacheDir, environment), words),
    ...(await checkHelpers(dockerConfigPaths(environment), environment, words)),
  ];
  await using session = await openSession(context, config.settings);
  const registries = await Promise.all(
    hostsOf(config.settings).map((host) => checkRegistry(session.registry, host, words)),
  );
  const repositories = await checkRepositories(config.settings.rules, session, words);
  return [...machine, ...registries.flat(), ...repositories];
}

interface Examined {
  readonly settings: Settings;
  readonly findings: readonly Finding[];
}

function examineConfig(context: Context, files: Files): Examined {
  const { words } = context;
  const file = files.images ?? configFile(context);
  if (file === undefined && files.auth === undefined) {
    const none: Finding = { check: "config", ok: true, text: words.text("doctor.config.none") };
    return { settings: NO_SETTINGS, findings: [none] };
  }
  try {
    const { settings } = readSyncSettings(context, files);
    return { settings, findings: [{ check: "config", ok: true, text: file ?? "" }] };
  } catch (thrown) {
    const findings = problemsOf(asFailure(thrown)).map((problem) => failed("config", problem, words));
    return { settings: NO_SETTINGS, findings };
  }
}
