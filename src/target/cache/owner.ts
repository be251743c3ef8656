import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { isRunning } from "../process.ts";

/** Which process something belongs to, told so that another one can find out whether it still lives. */
export interface Owner {
  /** The machine since it was started, and the container on it: where process numbers mean the same. */
  readonly machine: string;
  readonly pid: number;
  /** When the process began, as the system counts: numbers come back, in a container at every start. */
  readonly started: string;
}

/** A process elsewhere that has not given a sign for so long is taken for dead. */
const SILENCE_MILLISECONDS = 120_000;
/** How often a process gives a sign. */
export const SIGN_MILLISECONDS = 30_000;

export async function thisProcess(): Promise<Owner> {
  return { machine: await machine(), pid: process.pid, started: (await startOf(process.pid)) ?? "" };
}

/** @param lastSign when the owner last gave a sign, in milliseconds since 1970; asked only of processes elsewhere */
export async function isAlive(owner: Owner, lastSign: number): Promise<boolean> {
  if (owner.machine !== (await machine())) return Date.now() - lastSign < SILENCE_MILLISECONDS;
  const started = await startOf(owner.pid);
  return started === undefined ? isRunning(owner.pid) && owner.started === "" : started === owner.started;
}

/** Reads what {@link thisProcess} was written as; undefined for anything else. */
export function parseOwner(text: string): Owner | undefined {
  const [machine, pid, started] = text.split("\n");
  if (machine === undefined || started === undefined || !Number.isInteger(Number(pid))) return undefined;
  return { machine, pid: Number(pid), started };
}

export function formatOwner({ machine, pid, started }: Owner): string {
  return `${machine}\n${pid}\n${started}`;
}

let known: Promise<string> | undefined;

/** Linux tells its start and its process namespace; others have only their name. */
function machine(): Promise<string> {
  known ??= Promise.all([readFile("/proc/sys/kernel/random/boot_id", "utf8"), readlink("/proc/self/ns/pid")]).then(
    ([boot, namespace]) => `${boot.trim()} ${namespace}`,
    () => hostname(),
  );
  return known;
}

/** Field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before it may hold anything. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}
