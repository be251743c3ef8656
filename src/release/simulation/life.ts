import { type GitHub, openGitHub } from "../../github/index.ts";
import { openCache } from "../../target/cache/cache.ts";
import { LayoutTarget } from "../../target/layout.ts";
import { asFailure, type SlipwayError } from "../../words/error.ts";
import { editionOf } from "../edition.ts";
import { type Effect, type Effects, recordedIn } from "../effects.ts";
import { openJournal } from "../journal.ts";
import type { Outlet, OutletTarget } from "../outlets.ts";
import { type KeepOutcomes, release } from "../release.ts";
import type { Run } from "../run.ts";
import { stateFolder } from "../state-folder.ts";
import { type StepOutcome, Steps } from "../step.ts";
import { checkDeed, checkWorld } from "./invariants.ts";
import { isObserved } from "./observed.ts";
import { type CrashPoint, MortalJournal } from "./port.ts";
import { VERSION } from "./scenario.ts";
import type { Deed, Shelf } from "./shelf.ts";
import { watchedGitHub } from "./watched-github.ts";
import type { World } from "./world.ts";

/** How a life came to its end, and what it had done. */
export interface Life {
  readonly end: { readonly kind: "ended" | "crashed" } | { readonly kind: "failed"; readonly error: SlipwayError };
  /** As {@link CrashPoint.effect} names them. */
  readonly effects: readonly string[];
  readonly steps: readonly StepOutcome[];
}

/** What is put between a run and its world, to see whether faults of that kind would be found. */
export interface Alteration {
  readonly effects?: (effects: Effects) => Effects;
  readonly target?: (target: OutletTarget) => OutletTarget;
  readonly outlets?: (outlets: readonly Outlet[]) => readonly Outlet[];
  readonly github?: (github: GitHub) => GitHub;
  /** Default: {@link release}. */
  readonly publish?: (run: Run, keep: KeepOutcomes) => Promise<unknown>;
}

/** One run on a machine, from durable state only, until its end or a crash. What it breaks is noted in the world. */
export async function live(
  world: World,
  machine: string,
  point?: CrashPoint,
  alteration: Alteration = {},
): Promise<Life> {
  world.lives += 1;
  const state = stateFolder(machine);
  await using closing = new AsyncDisposableStack();
  const file = closing.use(await openJournal(state.journals, VERSION));
  const cache = await openCache(world.cacheOf(world.lives));
  closing.defer(() => cache.close());
  const journal = new MortalJournal(file, point, {
    machine,
    done: (effect) => {
      if (!isObserved(effect, world, machine)) world.breach("not-done", `${effect.kind} ${effect.subject}`);
    },
    recorded: (entry) => {
      const isServed = world.pinned !== undefined;
      if (entry.state === "intent" && entry.kind === "build" && isServed) world.breach("built-again", entry.subject);
      checkWorld(world);
    },
  });
  const under = underWay(world, journal);
  const github = openGitHub({
    token: world.server.token,
    apiUrl: world.server.apiUrl,
    repository: world.server.repository,
    userAgent: "slipway-simulation",
    environment: {},
    retry: { attempts: 2, baseMilliseconds: 1, longestMilliseconds: 5 },
  });
  closing.defer(() => github.close());
  const watched = watchedGitHub(github, world, under.begin);
  const { effects = (same) => same, target = (same) => same, outlets = (same) => same } = alteration;
  const run: Run = {
    project: { folder: machine, name: "app", publishing: world.scenario.publishing },
    edition: editionIn(world),
    outlets: outlets(
      world.shelves.map((shelf) => outletAt(shelf, target(shelf.open((deed) => under.deed(shelf, deed))))),
    ),
    state,
    layout: new LayoutTarget("oci:.slipway/layout", state.layout),
    effects: effects(recordedIn(journal)),
    steps: new Steps(journal, () => undefined),
    tell: () => undefined,
    tellCopy: () => undefined,
    signal: new AbortController().signal,
    environment: {},
    openImage: () => Promise.reject(new TypeError("no image is built upon")),
    spool: async () => cache.spool,
    release: {
      repository: `${world.server.repository.owner}/${world.server.repository.name}`,
      github: alteration.github?.(watched) ?? watched,
      isSameRepository: true,
    },
    pause: 0,
    patience: 20,
  };
  const work = (alteration.publish ?? release)(run, () => undefined).then(
    (): Life["end"] => ({ kind: "ended" }),
    (thrown): Life["end"] => ({ kind: "failed", error: asFailure(thrown) }),
  );
  const end = await Promise.race([work, journal.death.then((): Life["end"] => ({ kind: "crashed" }))]);
  await under.idle();
  checkWorld(world);
  return { end, effects: journal.effects, steps: run.steps.outcomes };
}

/** Every commit has its version and its time; where no two builds are equal, each life is a little later. */
function editionIn({ scenario, server, lives }: World) {
  return editionOf(scenario.publishing, {
    now: new Date("2026-01-02T03:04:05Z"),
    version: VERSION,
    event: "tag",
    ref: { kind: "tag", name: `v${VERSION}` },
    revision: server.head,
    commitDate: new Date(Date.UTC(2026, 0, 1, 0, 0, scenario.builds === "equal" ? 0 : lives)),
  });
}

function outletAt(shelf: Shelf, target: OutletTarget): Outlet {
  return { name: shelf.name, required: shelf.required, adapt: false, target };
}

/** What a life has asked for: a killed program's requests arrive all the same. */
function underWay(world: World, journal: MortalJournal) {
  let count = 0;
  const check = (effect: Effect) => {
    if (!journal.isOpen(effect)) world.breach("unrecorded", `${effect.kind} ${effect.subject}`);
  };
  return {
    begin: (effect: Effect) => {
      check(effect);
      count += 1;
      return () => {
        count -= 1;
      };
    },
    deed: (shelf: Shelf, deed: Deed) => {
      checkDeed(world, shelf, deed);
      check(effectOf(shelf, deed));
    },
    idle: async () => {
      while (count > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
}

function effectOf({ repository }: Shelf, deed: Deed): Effect {
  if (deed.kind === "blob") return { kind: "put-blob", subject: `${repository}@${deed.digest}` };
  const name = deed.tag === undefined ? `@${deed.digest}` : `:${deed.tag}`;
  return { kind: "put-manifest", subject: `${repository}${name}` };
}
