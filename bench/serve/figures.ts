import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

const MiB = 1024 * 1024;
/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; a tick has been 10 ms to programs for ever. */
const SECONDS_PER_TICK = 0.01;
const USER_FIELD = 14;
/** Of the first line of /proc/stat: waiting for a disk is idle, too. */
const [IDLE_FIELD, WAIT_FIELD] = [3, 4];

/** What a process that runs has resident now, MiB. */
export function residentMebibytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (Number(kibibytes) * 1024) / MiB;
}

/** The user and system time that a process that runs has had, of all its threads, seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // from the third on: the second may hold spaces
  const [user = Number.NaN, system = Number.NaN] = fields.slice(USER_FIELD - 3).map(Number);
  return (user + system) * SECONDS_PER_TICK;
}

/**
 * How much of all processors somebody has used, from 0 to 1, whoever it was: near 1, what is measured waits for the
 * machine.
 * @returns asks for what it was since then
 */
export function watchMachine(): () => number {
  const start = performance.now();
  const idleBefore = idleSeconds();
  return () => 1 - (idleSeconds() - idleBefore) / (((performance.now() - start) / 1000) * availableParallelism());
}

function idleSeconds(): number {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n", 1);
  const fields = line.split(/\s+/).slice(1).map(Number);
  return ((fields[IDLE_FIELD] ?? Number.NaN) + (fields[WAIT_FIELD] ?? Number.NaN)) * SECONDS_PER_TICK;
}
