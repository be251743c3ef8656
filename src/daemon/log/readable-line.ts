import { printable } from "../../words/printable.ts";

/** A line of JSON as people read it: the time, how grave it is, what it says, and what it is about. */
export function readableLine(json: string): string {
  const { level, time, msg, event: _, error, hint, stack, ...fields }: Record<string, unknown> = JSON.parse(json);
  const about = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const first = `${time} ${String(level).padEnd(5)} ${[msg, ...about].join("  ")}`;
  const more = [error, hint].filter((part) => part !== undefined).map((part) => `    ${part}`);
  const trace = typeof stack === "string" ? stack.split("\n").map((part) => `    ${part.trim()}`) : [];
  return [first, ...more, ...trace].map((line) => `${printable(line)}\n`).join("");
}
