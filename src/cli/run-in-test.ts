/** The command line in the process of a test. */
import { run } from "./run.ts";

/** What a command line has printed, and how it ended. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line on a machine that has nothing but a home folder and what `environment` adds. */
export async function runInTest(home: string, environment: NodeJS.ProcessEnv, argv: readonly string[]): Promise<Ran> {
  const written = { out: "", err: "" };
  const exit = await run(argv, {
    environment: { HOME: home, PATH: "", LANG: "C", ...environment },
    out: { write: (text) => (written.out += String(text)) },
    err: { write: (text) => (written.err += String(text)) },
    signal: new AbortController().signal,
    version: "1.2.3",
  });
  return { exit, ...written };
}
