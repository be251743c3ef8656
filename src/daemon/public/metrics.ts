import { Counter, Gauge, Registry } from "@prometheus-io/client";
import type { EndedRuns } from "../../store/records.ts";
import { openIncidents } from "../alarms/incident-text.ts";
import type { Control } from "../control.ts";
import { hostOf, type MirrorState } from "../status/mirror-state.ts";
import { processMetrics } from "./process-metrics.ts";
import { lagOf } from "./status-file.ts";

const ALIVE = 60_000;

/** Requests that this process has answered, by method and the first digit of the status. */
export type Requests = ReadonlyMap<
  string,
  { readonly method: string; readonly status: string; readonly count: number }
>;

/**
 * What Prometheus reads. All but the process's own figures come from the store, so that they are the same whoever has
 * done the work. Labels are mirrors, hosts, channels and states: there are as many as the configuration names.
 * @throws STORE_UNREACHABLE
 */
export async function metrics(control: Control, states: readonly MirrorState[], requests: Requests): Promise<string> {
  const registry = new Registry();
  const { store } = control;
  const now = control.now();
  const [depth, workers, hosts, incidents, messages] = await Promise.all([
    store.jobs.depth(),
    store.workers.all(),
    store.hosts.all(),
    store.incidents.all(),
    store.outbox.counts(),
  ]);
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `slipway_${name}`, help, labelNames: [...labelNames], registers: [registry] });

  gauge("build_info", "The version that runs; always 1.", ["version"]).set({ version: control.version }, 1);
  mirrorMetrics(gauge, states, now);
  const jobs = gauge("queue_jobs", "Jobs that are open.", ["state"]);
  for (const state of ["ready", "leased"] as const) jobs.set({ state }, depth[state]);
  const alive = workers.filter(({ seenAt }) => now - seenAt < ALIVE);
  gauge("workers", "Processes that work.").set(alive.length);
  gauge("workers_busy_jobs", "Jobs in their hands.").set(alive.reduce((sum, { busy }) => sum + busy, 0));
  const pulls = gauge("registry_pulls", "Pulls that a registry has said it allows.", ["host", "kind"]);
  for (const { host, limit, remaining } of hosts) {
    pulls.set({ host, kind: "limit" }, limit);
    pulls.set({ host, kind: "remaining" }, remaining);
  }
  const notifications = gauge("notifications", "Messages that are kept, by what became of them.", ["channel", "state"]);
  for (const { channel, state, count } of messages) notifications.set({ channel, state }, count);
  const wrong = gauge("incidents", "What is wrong now.", ["kind"]);
  for (const { kind } of openIncidents(incidents)) wrong.inc({ kind });
  const { loadedAt, refused } = control.inForce();
  gauge("configuration_loaded_timestamp_seconds", "When the configuration was loaded.").set(loadedAt / 1000);
  gauge("configuration_refused", "1: the file as it is now was refused.").set(refused === undefined ? 0 : 1);
  const http = new Counter({
    name: "slipway_http_requests_total",
    help: "Requests that were answered.",
    labelNames: ["method", "status"],
    registers: [registry],
  });
  for (const { method, status, count } of requests.values()) http.inc({ method, status }, count);
  processMetrics(registry);
  return registry.metrics();
}

type MakeGauge = (name: string, help: string, labelNames?: readonly string[]) => Gauge<string>;

function mirrorMetrics(gauge: MakeGauge, states: readonly MirrorState[], now: number): void {
  const health = gauge("mirror_health", "1 for what a mirror is like.", ["mirror", "state"]);
  const tags = gauge("mirror_tags", "Tags, by digest.", ["mirror", "host", "state"]);
  const lag = gauge("mirror_lag_seconds", "Of what is behind until now, else of what arrived in seven days.", [
    "mirror",
  ]);
  const success = gauge("mirror_last_success_timestamp_seconds", "When all was last in step.", ["mirror"]);
  const next = gauge("mirror_next_run_timestamp_seconds", "When its schedule begins the next run.", ["mirror"]);
  const runs = gauge("mirror_runs", "Runs that ended in the last seven days.", ["mirror", "state"]);
  const images = gauge("mirror_images", "Images at one destination each, in seven days.", ["mirror", "result"]);
  const bytes = gauge("mirror_bytes", "Bytes in the last seven days.", ["mirror", "kind"]);
  for (const state of states) {
    const mirror = state.mirror.name;
    health.set({ mirror, state: state.health }, 1);
    for (const [repository, summary] of state.tags?.destinations ?? []) {
      const at = { mirror, host: hostOf(repository) };
      tags.inc({ ...at, state: "in-step" }, summary.inStep);
      tags.inc({ ...at, state: "behind" }, summary.behind);
      tags.inc({ ...at, state: "failed" }, summary.failed);
    }
    const seconds = lagOf(state.tags, now);
    if (seconds !== null) lag.set({ mirror }, seconds);
    if (state.record?.lastSuccessAt !== undefined) success.set({ mirror }, state.record.lastSuccessAt / 1000);
    if (state.nextRunAt !== undefined) next.set({ mirror }, state.nextRunAt / 1000);
    if (state.ended !== undefined) endedMetrics({ runs, images, bytes }, mirror, state.ended);
  }
}

function endedMetrics(
  { runs, images, bytes }: Readonly<Record<"runs" | "images" | "bytes", Gauge<string>>>,
  mirror: string,
  { states, counts }: EndedRuns,
): void {
  for (const [state, count] of Object.entries(states)) runs.set({ mirror, state }, count);
  for (const result of ["copied", "skipped", "removed", "failed"] as const) {
    images.set({ mirror, result }, counts[result]);
  }
  bytes.set({ mirror, kind: "read" }, counts.bytesRead);
  bytes.set({ mirror, kind: "written" }, counts.bytesWritten);
  bytes.set({ mirror, kind: "mounted" }, counts.bytesMounted);
}
