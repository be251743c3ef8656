import { errnoOf } from "./storage-failure.ts";

/** Whether a process has this number now, whoever it is and whoever started it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errnoOf(thrown) !== "ESRCH";
  }
}
