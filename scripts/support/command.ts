import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import manifest from "../../package.json" with { type: "json" };
import type { Section } from "./section.ts";

/** How a command ended, and all that it printed; `ok` is false too when it could not be started. */
export interface Ended {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a shell command to its end without input. */
export async function runCommand(command: string, environment: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  const child = spawn("sh", ["-c", `exec 2>&1; ${command}`], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const output = await text(child.stdout);
  return { ok: (await ended) === 0, output };
}

/** A script of package.json as a section that counts as one test. */
export function scriptSection(name: "lint" | "types" | "web"): Section {
  return {
    name,
    run: async () => {
      const command = manifest.scripts[name];
      const { ok, output } = await runCommand(command);
      console.log(`${ok ? "✔" : "✖"} ${command}`);
      return ok ? { passed: 1, failures: [] } : { passed: 0, failures: [{ title: command, detail: output }] };
    },
  };
}
