import type { Outcome } from "../copy/outcome.ts";
import type { ErrorCode, SlipwayError } from "../words/error.ts";

/** What scripts may rely on. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  partly: 3,
  credentials: 4,
  drift: 5,
  interrupted: 130,
  /** What image-syncer's users test for: anything failed in its mode. */
  imageSyncer: 255,
} as const;

/** The errors that are not simply "failed"; those of the configuration are known by their common beginning. */
const EXIT_OF_CODE: Partial<Record<ErrorCode, number>> = {
  COMMAND_UNKNOWN: EXIT.usage,
  COMMAND_MISSPELT: EXIT.usage,
  OPTION_UNKNOWN: EXIT.usage,
  OPTION_MISSPELT: EXIT.usage,
  OPTION_VALUE_MISSING: EXIT.usage,
  OPTION_VALUE_INVALID: EXIT.usage,
  OPTIONS_CONFLICT: EXIT.usage,
  OPTION_ALONE: EXIT.usage,
  ARGUMENT_MISSING: EXIT.usage,
  ARGUMENTS_TOO_MANY: EXIT.usage,
  REPOSITORY_EXPECTED: EXIT.usage,
  NOTHING_TO_SYNC: EXIT.usage,
  PRUNE_UNCONFIRMED: EXIT.usage,
  FILE_EXISTS: EXIT.usage,
  INIT_EXISTS: EXIT.usage,
  INIT_IMAGE_UNKNOWN: EXIT.usage,
  ACTION_INPUT_INVALID: EXIT.usage,
  ACTION_ARGS_INVALID: EXIT.usage,
  IMPORT_DESTINATION_MISSING: EXIT.usage,
  REFERENCE_INVALID: EXIT.usage,
  DIGEST_INVALID: EXIT.usage,
  PLATFORM_INVALID: EXIT.usage,
  TARGET_INVALID: EXIT.usage,
  VERSION_NEEDED: EXIT.usage,
  VERSION_INVALID: EXIT.usage,
  TREE_DIRTY: EXIT.usage,
  OUTLETS_MISSING: EXIT.usage,
  OUTLET_UNKNOWN: EXIT.usage,
  OUTLET_MISSPELT: EXIT.usage,
  TEMPLATE_SLOT_UNKNOWN: EXIT.usage,
  BUILD_SETTINGS_MISSING: EXIT.usage,
  GITHUB_REPOSITORY_UNKNOWN: EXIT.usage,
  NO_IMAGE_TO_EXPLAIN: EXIT.usage,
  UNPACK_NEEDS_FILE: EXIT.usage,
  CHANGED_WITHOUT_PATHS: EXIT.usage,
  CHANGED_WITHOUT_BASE: EXIT.usage,
  FILTER_INVALID: EXIT.usage,
  DOWNLOAD_URL_INVALID: EXIT.usage,
  AZURE_BLOB_INVALID: EXIT.usage,
  GITHUB_API_URL_INVALID: EXIT.usage,
  GITHUB_REPOSITORY_INVALID: EXIT.usage,
  DOCKERFILE_MISSING: EXIT.usage,
  CONTEXT_MISSING: EXIT.usage,
  BUILDER_CANNOT: EXIT.usage,
  LAYER_PATH_INVALID: EXIT.usage,
  LAYER_SOURCE_MISSING: EXIT.usage,
  TAG_RULE_INVALID: EXIT.usage,
  TAG_FLAVOR_INVALID: EXIT.usage,
  TEMPLATE_INVALID: EXIT.usage,
  LINT_WITHOUT_FILES: EXIT.usage,
  CONTRACT_FOREIGN: EXIT.usage,
  CONTRACT_OUTDATED: EXIT.drift,
  WORKFLOWS_SLIPWAY_MISSING: EXIT.usage,
  WORKFLOWS_NONE: EXIT.usage,
  WORKFLOW_LACKS: EXIT.usage,
  WORKFLOW_VARIABLE_UNFIT: EXIT.usage,
  WORKFLOW_FOREIGN: EXIT.usage,
  WORKFLOW_KEEP_BROKEN: EXIT.usage,
  WORKFLOW_KEEP_HOMELESS: EXIT.usage,
  WORKFLOW_KEEP_UNFIT: EXIT.usage,
  WORKFLOWS_OUTDATED: EXIT.drift,
  ACTION_VERSIONS_INVALID: EXIT.usage,
  ACTION_UNKNOWN: EXIT.usage,
  ACTIONS_RUN_INVALID: EXIT.usage,
  DOWNLOAD_INSECURE: EXIT.usage,
  UNPACK_FOLDER_FORBIDDEN: EXIT.usage,
  NOTIFY_ADDRESS_MISSING: EXIT.usage,
  NOTIFY_ADDRESS_INVALID: EXIT.usage,
  NOTIFY_CHANNEL_UNKNOWN: EXIT.usage,
  NOTIFY_CHANNELS_MISSING: EXIT.usage,
  COMPOSE_NOT_CONFIGURED: EXIT.usage,
  COMPOSE_SOURCE_UNKNOWN: EXIT.usage,
  COMPOSE_SOURCE_MISSPELT: EXIT.usage,
  COMPOSE_SOURCE_RETIRED: EXIT.usage,
  COMPOSE_SOURCE_REPLACED: EXIT.usage,
  COMPOSE_SOURCES_PAUSED: EXIT.usage,
  COMPOSE_FIELD_UNKNOWN: EXIT.usage,
  COMPOSE_FIELD_MISSPELT: EXIT.usage,
  COMPOSE_FIELD_UNASKED: EXIT.usage,
  COMPOSE_SET_MALFORMED: EXIT.usage,
  COMPOSE_ANSWER_INVALID: EXIT.usage,
  COMPOSE_FILE_UNFIT: EXIT.usage,
  COMPOSE_SWITCH_IDLE: EXIT.usage,
  API_LISTEN_INVALID: EXIT.usage,
  SITE_WITHOUT_SOURCES: EXIT.usage,
  SITE_FOLDER_FOREIGN: EXIT.usage,
  SITE_BLOCK_BROKEN: EXIT.usage,
  SITE_BLOCK_UNKNOWN: EXIT.usage,
  SITE_MARKDOWN_FOREIGN: EXIT.usage,
  SITE_MARKDOWN_OUTDATED: EXIT.drift,
  WORKER_WITHOUT_DATABASE: EXIT.usage,
  TOKEN_TOO_SHORT: EXIT.usage,
  GITHUB_TOKEN_MISSING: EXIT.credentials,
  GITHUB_UNAUTHORIZED: EXIT.credentials,
  GITHUB_DENIED: EXIT.credentials,
  RELEASE_NOT_ALLOWED: EXIT.credentials,
  DOWNLOAD_DENIED: EXIT.credentials,
  AZURE_SAS_EXPIRED: EXIT.credentials,
  AZURE_SAS_LACKS_READ: EXIT.credentials,
  CREDENTIAL_EXPIRED: EXIT.credentials,
  UNAUTHORIZED: EXIT.credentials,
  DENIED: EXIT.credentials,
  CREDENTIAL_HELPER_FAILED: EXIT.credentials,
  CREDENTIAL_FILE_INVALID: EXIT.credentials,
  LOGIN_OUTSIDE_ACTIONS: EXIT.credentials,
  ID_TOKEN_NOT_PERMITTED: EXIT.credentials,
  LOGIN_TOKEN_MISSING: EXIT.credentials,
  LOGIN_INSECURE: EXIT.credentials,
  LOGIN_NOT_TRUSTED: EXIT.credentials,
  LOGIN_RIGHT_MISSING: EXIT.credentials,
  LOGIN_REFUSED: EXIT.credentials,
  INTERRUPTED: EXIT.interrupted,
};

export function exitOfError({ code }: Pick<SlipwayError, "code">): number {
  return EXIT_OF_CODE[code] ?? (code.startsWith("CONFIG_") ? EXIT.usage : EXIT.failed);
}

/** 0 when nothing failed, 3 when something did and something did not; else 4 when it was all for credentials, or 1. */
export function exitOfOutcomes(outcomes: readonly Outcome[]): number {
  const errors = outcomes.flatMap((outcome) => (outcome.status === "failed" ? [outcome.error] : []));
  if (errors.length === 0) return EXIT.done;
  if (errors.some((error) => error.code === "INTERRUPTED")) return EXIT.interrupted;
  if (outcomes.some(isFine)) return EXIT.partly;
  return errors.every((error) => exitOfError(error) === EXIT.credentials) ? EXIT.credentials : EXIT.failed;
}

/** What was withheld because something else failed is no part that was done. */
function isFine(outcome: Outcome): boolean {
  return outcome.status !== "failed" && !(outcome.status === "skipped" && outcome.reason === "withheld");
}

/** The exit code of checks that found errors of these codes; undefined is an error that no run gives. */
export function exitOfFindings(codes: readonly (ErrorCode | undefined)[]): number {
  if (codes.length === 0) return EXIT.done;
  const isCredentials = (code: ErrorCode | undefined) =>
    code !== undefined && exitOfError({ code }) === EXIT.credentials;
  return codes.every(isCredentials) ? EXIT.credentials : EXIT.failed;
}

/** The exit code of a run that image-syncer's files describe: its users know one for all that failed. */
export function imageSyncerExit(exit: number): number {
  const failed: readonly number[] = [EXIT.failed, EXIT.partly, EXIT.credentials];
  return failed.includes(exit) ? EXIT.imageSyncer : exit;
}
