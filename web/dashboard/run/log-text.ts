import type { LineShape, Page } from "../../../src/daemon/api/shapes.ts";
import type { Ask } from "../data/ask.ts";

/** A log as text: one line for each, and what an error says below its own. */
export function logText(lines: readonly LineShape[]): string {
  return lines.map((line) => `${lineText(line)}\n`).join("");
}

function lineText({ at, level, text, error }: LineShape): string {
  const line = `${new Date(at).toISOString()} ${level.padEnd(5)} ${text}`;
  return error === undefined ? line : `${line}\n  ${error.code}: ${error.message}\n  ${error.hint}`;
}

/** The whole log: the page keeps the end of a long one only. @throws Refused */
export async function wholeLog(ask: Ask, run: string): Promise<string> {
  const lines: LineShape[] = [];
  let after = "0";
  for (;;) {
    const { items, next } = await ask<Page<LineShape>>(
      `runs/${encodeURIComponent(run)}/log?limit=1000&after=${encodeURIComponent(after)}`,
    );
    lines.push(...items);
    if (next === undefined) return logText(lines);
    after = next;
  }
}
