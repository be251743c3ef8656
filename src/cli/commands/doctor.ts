import type { Words } from "../../words/words.ts";
import type { Run } from "../command.ts";
import { examine } from "../doctor/examine.ts";
import type { Finding } from "../doctor/finding.ts";
import { exitOfFindings } from "../exit.ts";
import type { doctorOptions } from "../options.ts";
import type { Paint, Style } from "../output/color.ts";
import { displayWidth, padEnd, printable } from "../output/width.ts";

/** Checks what a run will need, and says how to mend what is wrong. */
export const run: Run<typeof doctorOptions> = async (context, { options }) => {
  const { command, globals, out, words, paint } = context;
  const findings = await examine(context, options);
  const problems = findings.filter(({ level }) => level === "failed");
  const ok = problems.length === 0;
  if (globals.json) {
    const checks = findings.map(({ check, ...rest }) => ({ check, ok: rest.level !== "failed", ...rest }));
    out.write(`${JSON.stringify({ version: 1, command, ok, checks }, undefined, 2)}\n`);
  } else {
    for (const line of findingLines(findings, words, paint.out)) out.write(`${line}\n`);
    out.write(`\n${sumLine(findings, words, paint.out)}\n`);
  }
  return exitOfFindings(problems.map(({ code }) => code));
};

const MARKS: Readonly<Record<Finding["level"], readonly [Style, string]>> = {
  ok: ["green", "✓"],
  warning: ["yellow", "!"],
  failed: ["red", "✗"],
};

function findingLines(findings: readonly Finding[], words: Words, paint: Paint): readonly string[] {
  const labels = findings.map(({ check }) => words.text(`doctor.${check}`));
  const width = Math.max(...labels.map(displayWidth));
  return findings.flatMap(({ level, text, hint }, at) => {
    const line = `${paint(...MARKS[level])} ${padEnd(labels[at] ?? "", width)}  ${printable(text)}`;
    return hint === undefined ? [line] : [line, paint("dim", `${" ".repeat(width + 4)}${printable(hint)}`)];
  });
}

function sumLine(findings: readonly Finding[], words: Words, paint: Paint): string {
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  if (count("failed") > 0) return paint("red", words.text("doctor.found", { count: count("failed") }));
  if (count("warning") > 0) return paint("yellow", words.text("doctor.warned", { count: count("warning") }));
  return paint("green", words.text("doctor.fine"));
}
