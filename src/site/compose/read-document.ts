import { type Document, isMap, LineCounter, parseDocument } from "yaml";
import type { Problem } from "./problem.ts";

interface Refused {
  readonly kind: "problems";
  readonly problems: readonly Problem[];
}

export type ReadDocument = { readonly kind: "document"; readonly document: Document.Parsed } | Refused;

/** More is no compose file that a person has, and would keep a page busy. */
const MAX_LENGTH = 1_000_000;

/**
 * Reads a compose file that may come from anywhere; scalars are text as it was written, so that 1.10 is not 1.1. Never throws:
 * what is wrong with it comes as a problem.
 */
export function readComposeDocument(text: string): ReadDocument {
  if (text.trim() === "") return refused({ field: "file", key: "compose.problem.file.empty", facts: {} });
  if (text.length > MAX_LENGTH) return unreadable(1, `it has more than ${MAX_LENGTH} characters`);
  const lines = new LineCounter();
  const options = {
    lineCounter: lines,
    prettyErrors: false,
    schema: "failsafe",
    merge: true,
    logLevel: "error",
  } as const;
  try {
    const document = parseDocument(text, options);
    const [error] = document.errors;
    if (error !== undefined) return unreadable(lines.linePos(error.pos[0]).line, error);
    const { contents } = document;
    if (isMap(contents) && isMap(contents.get("services", true))) return { kind: "document", document };
    return refused({ field: "file", key: "compose.problem.file.services", facts: {} });
  } catch (thrown) {
    // Brackets by the thousand exhaust the parser's stack.
    return unreadable(1, thrown);
  }
}

/** That a file cannot be read from a line on. */
export function unreadable(line: number, reason: unknown): Refused {
  const text = reason instanceof Error ? reason.message : String(reason);
  return refused({ field: "file", key: "compose.problem.file", facts: { line: Math.max(line, 1), reason: text } });
}

function refused(problem: Problem): Refused {
  return { kind: "problems", problems: [problem] };
}
