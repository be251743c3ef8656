import { failure } from "../../words/error.ts";
import type { Language } from "../../words/words.ts";

/** A part of a page: what somebody wrote, or what stands between two marks, with the lines of the marks. */
export type Part =
  | { readonly kind: "written"; readonly lines: readonly string[] }
  | {
      readonly kind: "block";
      readonly name: string;
      /** Left out: the mark names none. */
      readonly language?: Language;
      readonly begin: string;
      readonly end: string;
      /** Of the first mark, counted from 1. */
      readonly line: number;
    };

/** A mark in a line of its own; in MDX, comments are expressions. */
const MARK =
  /^ {0,3}(?:<!--|\{\/\*)\s*(?<slash>\/?)slipway:(?<name>[\w-]+)(?:\s+lang=(?<lang>en|zh-CN))?\s*(?:-->|\*\/\})\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * The parts of a page. Marks in code blocks are only shown.
 * @param file how errors call the page
 * @throws SITE_BLOCK_BROKEN
 */
export function partsOf(lines: readonly string[], file: string): readonly Part[] {
  const parts: Part[] = [];
  let written: string[] = [];
  let opened: Omit<Extract<Part, { kind: "block" }>, "end"> | undefined;
  let fence: string | undefined;
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const mark = fence === undefined ? MARK.exec(text)?.groups : undefined;
    if (mark === undefined) {
      fence = fenceAfter(text, fence);
      if (opened === undefined) written.push(text);
      continue;
    }
    const { slash, name = "", lang } = mark;
    if ((slash === "") === (opened !== undefined) || (opened !== undefined && opened.name !== name)) {
      throw broken(opened ?? { begin: text, line }, file);
    }
    if (opened === undefined) {
      parts.push({ kind: "written", lines: written });
      written = [];
      const language = lang === "en" || lang === "zh-CN" ? lang : undefined;
      opened = { kind: "block", name, begin: text, line, ...(language !== undefined && { language }) };
    } else {
      parts.push({ ...opened, end: text });
      opened = undefined;
    }
  }
  if (opened !== undefined) throw broken(opened, file);
  return [...parts, { kind: "written", lines: written }];
}

function broken({ begin, line }: { readonly begin: string; readonly line: number }, file: string): Error {
  return failure("SITE_BLOCK_BROKEN", { file, line, marker: begin.trim() });
}

/** The fence of the code block that the next line stands in; undefined: in none. */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const fence = FENCE.exec(line)?.[1];
  if (open === undefined) return fence;
  const isEnd = fence?.startsWith(open) === true && line.trim() === fence;
  return isEnd ? undefined : open;
}

/** The language that the first mark of a page names. */
export function languageOfMarks(text: string, file: string): Language | undefined {
  return partsOf(text.split(/\r?\n/), file).flatMap((part) => (part.kind === "block" ? (part.language ?? []) : []))[0];
}
