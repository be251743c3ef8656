import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Stage } from "./stage.ts";
import { command } from "./tell.ts";

const SLIPWAY = join(import.meta.dirname, "../../bin/slipway");

/** What would lead out of the demo: another GitHub, a run of Actions that this may be part of, proxies. */
const FOREIGN = /^(?:GITHUB_|GH_|SLIPWAY_|CI$)|_PROXY$/i;

/** Runs a command for all to see, in the demo's folder. @returns its exit code */
export async function slipway({ folder, github }: Stage, words: string): Promise<number> {
  command(`slipway ${words}`);
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const env = {
    ...Object.fromEntries(own),
    GITHUB_API_URL: github.apiUrl,
    GITHUB_TOKEN: github.token,
    SLIPWAY_CACHE_DIR: join(folder, "cache"),
  };
  // Both of its streams go where the headings go, so that a reader of a pipe gets all in order.
  const child = spawn(SLIPWAY, words.split(" "), { cwd: folder, env, stdio: ["inherit", 1, 1] });
  const [code] = await once(child, "exit");
  return typeof code === "number" ? code : -1;
}
