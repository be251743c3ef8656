import { recordedIn } from "../../release/effects.ts";
import { type Journal, openJournal } from "../../release/journal.ts";
import { type Outlet, outletsOf } from "../../release/outlets.ts";
import { remark, remarkText } from "../../release/remark.ts";
import type { Run } from "../../release/run.ts";
import { holdStateFolder, stateFolder } from "../../release/state-folder.ts";
import { Steps } from "../../release/step.ts";
import { LayoutTarget } from "../../target/layout.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";
import { sourceAt } from "../places.ts";
import { openSession, type Session } from "../session.ts";
import type { OpenedProject } from "./project.ts";
import { releasePlace } from "./release-place.ts";
import { type EditionWishes, editionHere, type Here, lookAround } from "./surroundings.ts";

/** A run that is ready to begin, and what it was made with. */
export interface OpenedRun extends AsyncDisposable {
  readonly run: Run;
  readonly session: Session;
  readonly journal: Journal;
  readonly here: Here;
}

export interface RunOptions extends EditionWishes {
  readonly limitRate?: number | undefined;
  /** Nothing is written, not even a journal. */
  readonly dryRun: boolean;
  /**
   * `known`: those that there are; without any, a build has only its layout. So has that of a pull request: its image
   * goes nowhere, and a fork has no login to ask with.
   */
  readonly registries: "needed" | "known" | "none";
  /** Whether the release is a part of it. */
  readonly release: boolean;
}

/** What names the journal of work that is for no version. */
const NO_VERSION = "unversioned";

/** A run that changes nothing has nothing to record. */
const NO_JOURNAL: Journal = { write: async () => undefined };

/**
 * Puts together what a run needs. Registries and GitHub are asked nothing yet.
 * @throws VERSION_INVALID, VERSION_NEEDED, TREE_DIRTY, PROJECT_BUSY, OUTLETS_MISSING, GITHUB_TOKEN_MISSING and what reads the checkout
 */
export async function openRun(context: Context, opened: OpenedProject, options: RunOptions): Promise<OpenedRun> {
  const { project, settings, registries } = opened;
  const { dryRun } = options;
  const here = await lookAround(context, project);
  const edition = editionHere(context, project, here, {
    ...options,
    allowDirty: options.allowDirty === true || dryRun,
  });
  if (options.release && edition.version === undefined) throw failure("VERSION_NEEDED", { where: "a release" });
  await using closing = new AsyncDisposableStack();
  const state = stateFolder(project.folder);
  if (!dryRun) closing.use(await holdStateFolder(state));
  const session = closing.use(await openSession(context, settings, options));
  const journal = dryRun ? NO_JOURNAL : closing.use(await openJournal(state.journals, edition.version ?? NO_VERSION));
  const layout = new LayoutTarget("oci:.slipway/layout", state.layout);
  closing.defer(() => layout.close());
  const outlets: readonly Outlet[] = hasOutlets(options, registries.length, here)
    ? outletsOf(registries, (reference) => session.registry.repository(reference))
    : [];
  const place = options.release ? await releasePlace(context, project, here, dryRun ? "read" : "write") : undefined;
  if (place !== undefined) closing.defer(() => place.github.close());
  const { listener } = session;
  const { language } = context.words;
  if (edition.revision === undefined) listener.notice("info", remarkText(remark("publish.no-revision", {}), language));
  for (const { rule, kind, text } of edition.warnings) {
    listener.notice("warn", remarkText(remark(`publish.tag-warning.${kind}`, { rule, text }), language));
  }
  const run: Run = {
    project,
    edition,
    outlets,
    state,
    layout,
    effects: recordedIn(journal),
    steps: new Steps(journal, listener.step),
    tell: listener.step,
    tellCopy: listener.copy,
    signal: context.signal,
    environment: context.environment,
    openImage: async (text) => {
      const { target, reference } = await sourceAt(session, text);
      return { target, reference: await reference() };
    },
    spool: async () => (await session.cache()).spool,
    ...(place !== undefined && { release: place }),
  };
  const whole = closing.move();
  return { run, session, journal, here, [Symbol.asyncDispose]: () => whole.disposeAsync() };
}

function hasOutlets({ registries }: RunOptions, count: number, { actions }: Here): boolean {
  if (registries !== "known") return registries === "needed";
  return count > 0 && actions?.event.kind !== "pull_request";
}
