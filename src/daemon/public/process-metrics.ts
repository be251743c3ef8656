import { readdirSync } from "node:fs";
import { Counter, Gauge, type Registry } from "@prometheus-io/client";

const MICROSECONDS = 1e6;

/**
 * The process's own figures, by the names that dashboards know. Those that the client library brings along wake the
 * process ten times a second to measure its event loop, which an idle daemon should not.
 * https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics
 */
export function processMetrics(registry: Registry): void {
  const registers = [registry];
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  const name = "process_cpu_seconds_total";
  new Counter({ name, help: "CPU time.", registers }).inc((user + system) / MICROSECONDS);
  const figures: readonly (readonly [string, string, number | undefined])[] = [
    ["process_resident_memory_bytes", "Memory in use.", rss],
    ["process_start_time_seconds", "When the process began.", Date.now() / 1000 - process.uptime()],
    ["process_open_fds", "Open files and connections.", openFiles()],
    ["nodejs_heap_size_used_bytes", "JavaScript's heap in use.", heapUsed],
    ["nodejs_heap_size_total_bytes", "JavaScript's heap.", heapTotal],
  ];
  for (const [of, help, value] of figures) if (value !== undefined) new Gauge({ name: of, help, registers }).set(value);
}

/** Where the system tells: on Linux. */
function openFiles(): number | undefined {
  try {
    return readdirSync("/proc/self/fd").length - 1;
  } catch {
    return undefined;
  }
}
