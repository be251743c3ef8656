import type { Words } from "../../words/words.ts";
import type { Run } from "../command.ts";
import { examine } from "../doctor/examine.ts";
import type { Finding } from "../doctor/finding.ts";
import { exitOfFindings } from "../exit.ts";
import type { doctorOptions } from "../options.ts";
import type { Paint } from "../output/color.ts";
import { displayWidth, padEnd, printable } from "../output/width.ts";

/** Checks what a run will need, and says how to mend what is wrong. */
export const run: Run<typeof doctorOptions> = async (context, { options }) => {
  const { command, globals, out, words, paint } = context;
  const findings = await examine(context, options);
  const problems = findings.filter(({ ok }) => !ok);
  const ok = problems.length === 0;
  if (globals.json) {
    out.write(`${JSON.stringify({ version: 1, command, ok, checks: findings }, undefined, 2)}\n`);
  } else {
    for (const line of findingLines(findings, words, paint.out)) out.write(`${line}\n`);
    if (findings.some(({ check }) => check === "destination")) out.write(`\n${words.text("doctor.push")}\n`);
    const sum = ok ? words.text("doctor.fine") : words.text("doctor.found", { count: problems.length });
    out.write(`\n${ok ? paint.out("green", sum) : paint.out("red", sum)}\n`);
  }
  return exitOfFindings(problems.map(({ code }) => code));
};

function findingLines(findings: readonly Finding[], words: Words, paint: Paint): readonly string[] {
  const labels = findings.map(({ check }) => words.text(`doctor.${check}`));
  const width = Math.max(...labels.map(displayWidth));
  return findings.flatMap(({ ok, text, hint }, at) => {
    const mark = ok ? paint("green", "✓") : paint("red", "✗");
    const line = `${mark} ${padEnd(labels[at] ?? "", width)}  ${printable(text)}`;
    return hint === undefined ? [line] : [line, paint("dim", `${" ".repeat(width + 4)}${printable(hint)}`)];
  });
}
