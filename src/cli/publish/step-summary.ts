import { remarkText } from "../../release/remark.ts";
import type { StepOutcome } from "../../release/step.ts";
import type { Words } from "../../words/words.ts";
import { stepName } from "../progress/steps.ts";
import { verbatim } from "../report/step-summary.ts";
import type { PublishMaterial } from "./report.ts";

/** The page that GitHub shows for a job, as Markdown: one row a step, then what failed, what is left, what goes on. */
export function publishSummary(command: string, material: PublishMaterial, words: Words): string {
  const { name, edition, digest, url, steps, left, next, stops } = material;
  const mark = stops.length > 0 ? "❌" : steps.some(({ status }) => status === "failed") ? "⚠️" : "✅";
  const failed = steps.flatMap((step) => (step.status === "failed" ? [step.error] : []));
  const errors = [...new Map([...failed, ...stops].map((error) => [error.message, error])).values()];
  return [
    `### ${mark} slipway ${command}: ${verbatim([name, edition.version ?? edition.fixed[0] ?? ""].join(" ").trim())}`,
    "",
    ...(digest === undefined ? [] : [`\`${digest}\`${url === undefined ? "" : ` · ${url}`}`, ""]),
    `| | ${words.text("table.step")} | ${words.text("table.result")} |`,
    "|---|---|---|",
    ...steps.map((step) => rowOf(step, words)),
    ...errors.flatMap((error) => {
      const { message, hint } = words.error(error);
      return ["", "> [!CAUTION]", `> ${verbatim(message)}`, ">", `> ${verbatim(hint)}`];
    }),
    ...(left.length > 0
      ? ["", words.text("publish.left"), "", ...left.map((one) => `- ${verbatim(remarkText(one, words.language))}`)]
      : []),
    ...(next === undefined ? [] : ["", verbatim(words.text("publish.go-on", { command: next }))]),
    "",
    "",
  ].join("\n");
}

function rowOf(outcome: StepOutcome, words: Words): string {
  const { step, subject } = outcome;
  const name = subject === undefined ? stepName(step, words) : `${stepName(step, words)} ${subject}`;
  if (outcome.status === "failed") {
    return `| ${outcome.tolerated ? "⚠️" : "❌"} | ${verbatim(name)} | ${verbatim(words.error(outcome.error).message)} |`;
  }
  const mark = outcome.status === "done" ? "✅" : "➖";
  return `| ${mark} | ${verbatim(name)} | ${verbatim(remarkText(outcome.remark, words.language))} |`;
}
