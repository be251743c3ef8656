import { dirname, join } from "node:path";
import { problemsOf } from "../../config/reading/problems.ts";
import type { Settings } from "../../config/settings.ts";
import { dockerConfigPaths } from "../../registry/credentials/index.ts";
import { asFailure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { cacheFolder } from "../cache-folder.ts";
import type { Context } from "../command.ts";
import { NO_SETTINGS, openSession, type Session } from "../session.ts";
import { configFile } from "../settings.ts";
import { readSyncSettings } from "../sync-settings.ts";
import { checkCapabilities } from "./capabilities.ts";
import { checkExpiry } from "./expiry.ts";
import { type Finding, failed, fine } from "./finding.ts";
import { checkHelpers } from "./helpers.ts";
import { checkCache, checkNode, checkProject } from "./machine.ts";
import { configOf, isPublishing, placesOf } from "./places.ts";
import { checkRegistry, hostsOf } from "./registries.ts";
import { checkDestination, checkSource } from "./repositories.ts";

/** Image-syncer's files, where those are what is to be examined. */
export interface Files {
  readonly auth: string | undefined;
  readonly images: string | undefined;
}

/** Beside the configuration: what a project has downloaded and built. */
const PROJECT_FOLDER = ".slipway";

/** All checks, from this machine outwards. */
export async function examine(context: Context, files: Files): Promise<readonly Finding[]> {
  const { environment, globals, words } = context;
  const { settings, findings } = examineConfig(context, files);
  const machine = [
    checkNode(process.versions.node, words),
    ...findings,
    await checkCache(cacheFolder(globals.cacheDir, environment), words),
    ...(await examineProject(settings, words)),
    ...(await checkHelpers(dockerConfigPaths(environment), environment, words)),
  ];
  await using session = await openSession(context, settings);
  return [...machine, ...(await examinePlaces(settings, session, words))];
}

interface Examined {
  readonly settings: Settings;
  readonly findings: readonly Finding[];
}

function examineConfig(context: Context, files: Files): Examined {
  const { words } = context;
  const file = files.images ?? configFile(context);
  if (file === undefined && files.auth === undefined) {
    return { settings: NO_SETTINGS, findings: [fine("config", words.text("doctor.config.none"))] };
  }
  try {
    const { settings } = readSyncSettings(context, files);
    return { settings, findings: [fine("config", file ?? "")] };
  } catch (thrown) {
    const findings = problemsOf(asFailure(thrown)).map((problem) => failed("config", problem, words));
    return { settings: NO_SETTINGS, findings };
  }
}

async function examineProject(settings: Settings, words: Words): Promise<readonly Finding[]> {
  const file = configOf(settings)?.file;
  if (file === undefined || !isPublishing(settings)) return [];
  return [await checkProject(join(dirname(file), PROJECT_FOLDER), words)];
}

async function examinePlaces(settings: Settings, access: Session, words: Words): Promise<readonly Finding[]> {
  const places = placesOf(settings);
  const { sources, destinations } = places;
  const all = [...sources.map(({ source }) => source), ...destinations];
  const registries = await Promise.all(
    [...hostsOf(settings, places)].map(([host, repository]) => checkRegistry(access.registry, host, repository, words)),
  );
  const [read, pushed] = await Promise.all([
    Promise.all(sources.map((rule) => checkSource(rule, access, words))),
    Promise.all(destinations.map((place) => checkDestination(place, access, words))),
  ]);
  const expiry = await checkExpiry(all, access.credentials, words);
  const capabilities = await checkCapabilities(destinations, access.registry, words);
  return [...registries.flat(), ...read, ...pushed.flat(), ...expiry, ...capabilities];
}
