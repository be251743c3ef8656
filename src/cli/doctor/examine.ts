import { dirname } from "node:path";
import { problemsOf } from "../../config/reading/problems.ts";
import type { Settings } from "../../config/settings.ts";
import type { Config } from "../../config/slipway/load-config.ts";
import { canonicalVersion } from "../../metadata/index.ts";
import { dockerConfigPaths } from "../../registry/credentials/index.ts";
import { stateFolder } from "../../release/state-folder.ts";
import { asFailure, failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { cacheFolder } from "../cache-folder.ts";
import type { Context } from "../command.ts";
import { NO_SETTINGS, openSession, type Session } from "../session.ts";
import { configFile, requireConfigFile } from "../settings.ts";
import { readSyncSettings } from "../sync-settings.ts";
import { checkCapabilities } from "./capabilities.ts";
import { checkExpiry } from "./expiry.ts";
import { type Finding, failed, fine } from "./finding.ts";
import { checkHelpers } from "./helpers.ts";
import { checkLogins } from "./logins.ts";
import { checkCache, checkNode, checkProject } from "./machine.ts";
import { configOf, isPublishing, placesOf } from "./places.ts";
import { checkPublishing } from "./publishing.ts";
import { checkRegistry, hostsOf } from "./registries.ts";
import { checkDestination, checkSource } from "./repositories.ts";

/** What is to be examined besides the configuration. */
export interface Wanted extends Files {
  /** The version that is to be published. */
  readonly for: string | undefined;
}

/** Image-syncer's files, where those are what is to be examined. */
interface Files {
  readonly auth: string | undefined;
  readonly images: string | undefined;
}

/** All checks, from this machine outwards. */
export async function examine(context: Context, wanted: Wanted): Promise<readonly Finding[]> {
  const { environment, globals, words } = context;
  const version = versionOf(context, wanted);
  const { settings, findings } = examineConfig(context, wanted);
  const published = isPublishing(settings) || version !== undefined ? configOf(settings) : undefined;
  const machine = [
    checkNode(process.versions.node, words),
    ...findings,
    await checkCache(cacheFolder(globals.cacheDir, environment), words),
    ...(await examineProject(published, words)),
    ...(await checkHelpers(dockerConfigPaths(environment), environment, words)),
  ];
  await using session = await openSession(context, settings);
  const logins = await checkLogins(settings.logins ?? [], session.credentials, words);
  const places = await examinePlaces(settings, session, published !== undefined, words);
  const publishing = published === undefined ? [] : await checkPublishing(context, published, session, version);
  return [...machine, ...logins, ...places, ...publishing];
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

/** @throws VERSION_INVALID, CONFIG_NOT_FOUND, OPTIONS_CONFLICT: a version is one of a project */
function versionOf(context: Context, { for: named, images }: Wanted): string | undefined {
  if (named === undefined) return undefined;
  if (images !== undefined) throw failure("OPTIONS_CONFLICT", { one: "--for", other: "--images" });
  requireConfigFile(context);
  return canonicalVersion(named);
}

async function examineProject(published: Config | undefined, words: Words): Promise<readonly Finding[]> {
  if (published === undefined) return [];
  return [await checkProject(stateFolder(dirname(published.file)).path, words)];
}

async function examinePlaces(
  settings: Settings,
  access: Session,
  publishes: boolean,
  words: Words,
): Promise<readonly Finding[]> {
  const places = placesOf(settings, publishes);
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
