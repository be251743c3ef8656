import type { CredentialStore } from "../registry/credentials/index.ts";
import { failure } from "../words/error.ts";
import type { Control } from "./control.ts";
import { type CoreOptions, startCore } from "./core.ts";
import { Planner } from "./schedule/planner.ts";

export interface Daemon {
  readonly control: Control;
  /** The credentials that registries are asked with, as they are now. */
  credentials(): CredentialStore;
  /** @param grace milliseconds, see `Core` */
  drain(grace: number): Promise<void>;
}

/**
 * Starts what keeps mirrors in step by itself: schedules, a worker, and who can be asked for more. Nobody is listened to
 * yet.
 * @throws CONFIG_*, STORE_UNREACHABLE
 */
export async function startDaemon(options: Omit<CoreOptions, "patience">): Promise<Daemon> {
  const { store, version, log } = options;
  const core = startCore({ ...options, patience: 0 });
  const { inForce, clock } = core;
  const first = inForce();
  const planner = await Planner.start(store, first, clock, log).catch(async (error: unknown) => {
    await core.drain(0);
    throw error;
  });
  core.onChange((changed) => planner.take(changed));
  if (inForce() !== first) planner.take(inForce());
  let isReady = true;
  log.info("started", { version, mirrors: inForce().mirrors.size, store: store.kind });
  return {
    control: {
      store,
      version,
      inForce,
      request: async ({ mirror, ...wish }) => {
        if (!inForce().mirrors.has(mirror)) throw failure("MIRROR_UNKNOWN", { mirror });
        const begun = await store.runs.begin({ mirror, ...wish, at: clock.now() });
        if (begun.isNew) log.debug("run-queued", { mirror, run: begun.run.id, trigger: wish.trigger });
        return begun;
      },
      reload: async () => core.reload(),
      nextRunAt: (mirror) => planner.nextRunAt(mirror),
      isReady: () => isReady,
      now: clock.now,
    },
    credentials: core.credentials,
    drain: async (grace) => {
      isReady = false;
      planner.stop();
      await core.drain(grace);
    },
  };
}
