import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { StartedRegistry } from "../work/registries.ts";

const PROGRAM = join(import.meta.dirname, "honest-registry-process.ts");

/**
 * Starts the tests' honest registry in a process of its own, so that it takes no time of the one that measures.
 * @param tags of one repository that it has from the beginning
 * @param away milliseconds there and back: so much later it answers
 */
export async function startHonestRegistry(tags: number, away = 0): Promise<StartedRegistry> {
  const child = fork(PROGRAM, [String(tags), String(away)], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const [host] = await Promise.race([
    once(child, "message"),
    ended.then(() => Promise.reject(new Error("the honest registry did not start"))),
  ]);
  return {
    host: String(host),
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect(); // an interrupt may have ended it already
      await ended;
    },
  };
}
