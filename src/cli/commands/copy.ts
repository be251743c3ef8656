import { isAdapting } from "../../config/adapting.ts";
import type { CopyRequest } from "../../copy/plan.ts";
import { parsePlatform } from "../../oci/platform.ts";
import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import type { copyOptions } from "../options.ts";
import { destinationAt, destinationFor, type Source, sourceAt } from "../places.ts";
import { runCopies } from "../run-copies.ts";
import { openSession } from "../session.ts";
import { settingsHere } from "../settings.ts";

/** Copies one image, or with `--all-tags` all of a repository, to every destination named. */
export const run: Run<typeof copyOptions> = async (context, { positional, options }) => {
  checkDryRun(options);
  const platforms = options.platform.map(parsePlatform);
  const [from = "", ...to] = positional;
  const settings = await settingsHere(context);
  await using session = await openSession(context, settings, options);
  const source = await sourceAt(session, from);
  const opened = await Promise.all(to.map((text) => destinationAt(session, text, platforms[0])));
  const destinations = opened.map((destination) => {
    return { ...destination, adapt: options.adapt || isAdapting(settings.adapting ?? [], destination.target.name) };
  });
  if (options.allTags && (source.named !== undefined || destinations.some(({ tag }) => tag !== undefined))) {
    throw failure("OPTIONS_CONFLICT", { one: "--all-tags", other: ":TAG" });
  }
  const references = options.allTags ? await tagsOf(source) : [await source.reference()];
  const requests = references.map(
    (reference): CopyRequest => ({
      source: source.target,
      reference,
      destinations: destinations.map((destination) => destinationFor(destination, reference)),
      // An image that someone names has to arrive; of all tags, those for other platforms are left.
      ...(platforms.length > 0 && { platforms, platformsNeeded: !options.allTags }),
      referrers: options.referrers,
    }),
  );
  const { retries, force, dryRun, detailedExitcode } = options;
  const { exit } = await runCopies(context, session, {
    requests,
    force,
    dryRun,
    detailedExitcode,
    ...(retries !== undefined && { retries }),
  });
  return exit;
};

async function tagsOf({ target }: Source): Promise<readonly string[]> {
  const tags = (await Array.fromAsync(target.tags())).flat();
  if (tags.length === 0) throw failure("MIRROR_SOURCE_EMPTY", { source: target.name });
  return tags;
}
