import type {
  EndedRuns,
  HostRecord,
  Instant,
  MirrorRecord,
  MirrorTags,
  RunRecord,
  RunState,
} from "../../store/records.ts";
import type { MirrorHealth } from "../api/shapes.ts";
import type { Control, InForce, ServedMirror } from "../control.ts";
import { healthOf, silenceOf } from "./health.ts";
import { intervalOf } from "./interval.ts";

/** Over how long success and lag are measured, milliseconds. */
export const MEASURED = 7 * 24 * 3_600_000;

/** All that is known of one mirror now. */
export interface MirrorState {
  readonly mirror: ServedMirror;
  readonly health: MirrorHealth;
  /** Left out: nothing has been compared yet. */
  readonly tags?: MirrorTags;
  readonly record?: MirrorRecord;
  readonly active?: RunRecord;
  readonly queued?: RunRecord;
  /** The last that ended. */
  readonly last?: RunRecord;
  /** What ended in the last seven days. */
  readonly ended?: EndedRuns;
  /** Of the hosts that it reads from and writes to. */
  readonly limits: readonly HostRecord[];
  readonly nextRunAt?: Instant;
}

/**
 * The state of every mirror of the configuration, in its order: five questions to the store, however many there are.
 * @throws STORE_UNREACHABLE
 */
export async function mirrorStates(control: Control): Promise<readonly MirrorState[]> {
  const { store } = control;
  const inForce = control.inForce();
  const now = control.now();
  const names = [...inForce.mirrors.keys()];
  const [tags, records, runs, ended, hosts] = await Promise.all([
    store.tags.summaries(now - MEASURED),
    store.mirrors.all(),
    store.runs.latest(names),
    store.runs.ended(now - MEASURED),
    store.hosts.all(),
  ]);
  const recordOf = new Map(records.map((record) => [record.mirror, record]));
  const runsOf = Map.groupBy(runs, ({ mirror }) => mirror);
  return [...inForce.mirrors.values()].map((mirror): MirrorState => {
    const known = { tags: tags.get(mirror.name), record: recordOf.get(mirror.name) };
    const own = runsOf.get(mirror.name) ?? [];
    const touched = new Set([mirror.source, ...mirror.destinations].map(hostOf));
    return {
      mirror,
      health: healthOf({ ...known, ...silenceIn(inForce, mirror, now), since: inForce.loadedAt, now }),
      ...known,
      active: own.find(({ state }) => state === "running"),
      queued: own.find(({ state }) => state === "queued"),
      last: own.find(({ state }) => isEnded(state)),
      ended: ended.get(mirror.name),
      limits: hosts.filter(({ host }) => touched.has(host)),
      nextRunAt: control.nextRunAt(mirror.name),
    };
  });
}

export function isEnded(state: RunState): boolean {
  return state !== "queued" && state !== "running";
}

/** Of a hundred runs that ended, so many went well; those that somebody cancelled do not count. Undefined: there are none. */
export function successRateOf(ended: EndedRuns | undefined): number | undefined {
  const { done = 0, partial = 0, failed = 0 } = ended?.states ?? {};
  const all = done + partial + failed;
  return all === 0 ? undefined : (100 * done) / all;
}

export function silenceIn({ serve }: InForce, { rule }: ServedMirror, now: Instant): { readonly silence?: number } {
  const interval = rule.schedule && intervalOf(rule.schedule, now);
  const silence = silenceOf(rule.schedule, interval, serve.silence);
  return silence === undefined ? {} : { silence };
}

/** `docker.io/library/busybox` → `docker.io` */
export function hostOf(repository: string): string {
  return repository.slice(0, repository.indexOf("/"));
}
