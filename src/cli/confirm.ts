import { createInterface } from "node:readline/promises";
import type { Context } from "./command.ts";

/** Whether someone is there to be asked. */
export function canAsk({ globals, err }: Context): boolean {
  return globals.input && process.stdin.isTTY && err.isTTY === true;
}

/** Asks for a yes; everything else is a no. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  using lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(question, { signal });
  return /^\s*(?:y|yes|是)\s*$/i.test(answer);
}
