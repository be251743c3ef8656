import { formatSuccessImages } from "../../config/image-syncer/success-images.ts";
import { noticeText } from "../../config/notice.ts";
import { expand } from "../../mirror/expand.ts";
import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { imageSyncerExit } from "../exit.ts";
import type { syncOptions } from "../options.ts";
import { writeText } from "../output/file.ts";
import { runCopies } from "../run-copies.ts";
import { openSession } from "../session.ts";
import { applyFlags, readSyncSettings } from "../sync-settings.ts";

/** Mirrors what the configuration, or image-syncer's files, say. */
export const run: Run<typeof syncOptions> = async (context, { options }) => {
  checkDryRun(options);
  const { settings, isImageSyncer } = readSyncSettings(context, options);
  const rules = applyFlags(settings.rules, options);
  if (rules.length === 0) throw failure("NOTHING_TO_SYNC", {});
  await using session = await openSession(context, settings, options);
  const { requests, failed, notices } = await expand(rules, {
    source: (repository) => session.registry.source(repository),
    destination: (repository) => session.registry.repository(repository),
  });
  for (const notice of notices) session.listener.notice("warn", noticeText(notice, context.words.language));
  const { proc, retries, force, dryRun, detailedExitcode, outputSuccessImages } = options;
  const { outcomes, exit } = await runCopies(context, session, {
    requests,
    failed,
    force,
    dryRun,
    detailedExitcode,
    ...(proc !== undefined && { concurrency: proc }),
    ...(retries !== undefined && { retries }),
  });
  if (outputSuccessImages !== undefined && !dryRun) {
    const there = outcomes.filter(({ status }) => status !== "failed");
    await writeText(outputSuccessImages, formatSuccessImages(there, options.outputImagesFormat ?? "yaml"));
  }
  return isImageSyncer ? imageSyncerExit(exit) : exit;
};
