import { formatSuccessImages } from "../../config/image-syncer/success-images.ts";
import { noticeText } from "../../config/notice.ts";
import { expand } from "../../mirror/expand.ts";
import { findExtras } from "../../mirror/extras.ts";
import type { Reference } from "../../oci/reference.ts";
import { failure } from "../../words/error.ts";
import type { Context, Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { imageSyncerExit } from "../exit.ts";
import { type Notifier, withNotifier } from "../notify/notifier.ts";
import type { SyncOptions, syncOptions } from "../options.ts";
import { writeText } from "../output/file.ts";
import { checkPrune, confirmed } from "../prune.ts";
import { projectOf } from "../publish/project.ts";
import { type Result, resultOf } from "../result.ts";
import { runCheck } from "../run-check.ts";
import { runCopies } from "../run-copies.ts";
import { openSession } from "../session.ts";
import { applyFlags, readSyncSettings, type SyncSettings } from "../sync-settings.ts";

/** What is where it should be, or needs not be. */
const DELIVERED: readonly Result[] = ["copied", "in-step", "platform"];

/** Mirrors what the configuration, or image-syncer's files, say. */
export const run: Run<typeof syncOptions> = async (context, { options }) => {
  checkDryRun(options);
  checkPrune(context, options);
  const read = readSyncSettings(context, options);
  return await withNotifier(context, notifyingOf(read, options), (notifier) =>
    mirror(context, options, read, notifier),
  );
};

/** A look at what is, or would be, is nobody else's affair. */
function notifyingOf({ config }: SyncSettings, { notify, check, dryRun }: SyncOptions) {
  if (config === undefined || !notify || check || dryRun) return undefined;
  const { name, folder } = projectOf(config);
  return { work: "sync", project: name, folder, channels: config.notify ?? [] } as const;
}

async function mirror(
  context: Context,
  options: SyncOptions,
  { settings, isImageSyncer }: SyncSettings,
  notifier: Notifier | undefined,
): Promise<number> {
  const ended = (exit: number) => (isImageSyncer ? imageSyncerExit(exit) : exit);
  const rules = applyFlags(settings.rules, options);
  if (rules.length === 0) throw failure("NOTHING_TO_SYNC", {});
  await using session = await openSession(context, settings, options);
  const at = (repository: Reference) => session.registry.repository(repository);
  const source = (repository: Reference) => session.registry.source(repository);
  const expansion = await expand(rules, { source, destination: at });
  for (const notice of expansion.notices) session.listener.notice("warn", noticeText(notice, context.words.language));
  const { check, prune, yes, proc, retries, force, dryRun, detailedExitcode, outputSuccessImages } = options;
  const extras = check || prune ? await findExtras(expansion, at) : { removals: [], failed: [] };
  const { requests } = expansion;
  const failed = [...expansion.failed, ...extras.failed];
  if (check) return ended((await runCheck(context, session, { requests, failed, removals: extras.removals })).exit);
  const removals = yes || dryRun ? extras.removals : await confirmed(context, session, extras.removals);
  const { outcomes, exit } = await runCopies(context, session, {
    requests,
    failed,
    force,
    dryRun,
    detailedExitcode,
    ...(proc !== undefined && { concurrency: proc }),
    ...(retries !== undefined && { retries }),
    ...(prune && { removals }),
    notifier,
  });
  if (outputSuccessImages !== undefined && !dryRun) {
    const there = outcomes.filter((outcome) => DELIVERED.includes(resultOf(outcome)));
    await writeText(outputSuccessImages, formatSuccessImages(there, options.outputImagesFormat ?? "yaml"));
  }
  return ended(exit);
}
