import { type Remark, remarkText } from "../../release/remark.ts";
import type { StepOutcome } from "../../release/step.ts";
import type { SlipwayError } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { printable } from "../output/width.ts";
import { stepName } from "../progress/steps.ts";
import type { PublishMaterial } from "../publish/report.ts";
import type { News } from "./news.ts";
import { codeOf, errorLine } from "./sync-news.ts";

const MOST_FAILURES = 8;

export interface PublishEnd extends Omit<PublishMaterial, "facts" | "outcomes"> {
  readonly work: "push" | "release";
  readonly exit: number;
  /** What there is to say when all went well. */
  readonly said?: Remark;
}

/** Version and digest; what failed at which step; what stands where; the command that goes on. */
export function publishNews(end: PublishEnd): News {
  const { work, exit, name, edition, digest, url, steps, left, next, stops, said } = end;
  const { version } = edition;
  const failed = steps.filter((step) => step.status === "failed");
  const failures = [...failed.map(({ error }) => error), ...stops];
  return {
    work,
    exit,
    subject: [name, version ?? edition.fixed[0] ?? ""].join(" ").trim(),
    hasReleased: work === "release" && stops.length === 0 && steps.some(isNew),
    facts: (words) => [
      ...(version === undefined ? [] : [{ key: "version", label: words.text("notify.fact.version"), value: version }]),
      ...(digest === undefined ? [] : [{ key: "digest", label: words.text("notify.fact.digest"), value: digest }]),
    ],
    lines: (words) => {
      const say = (one: Remark) => printable(remarkText(one, words.language));
      return [
        ...(said === undefined ? [] : [say(said)]),
        ...failed.slice(0, MOST_FAILURES).map((step) => failureLine(step, step.error, words)),
        ...stops.filter((stop) => !failed.some(({ error }) => error === stop)).map((stop) => errorLine(stop, words)),
        ...(left.length > 0 ? [words.text("publish.left"), ...left.map(say)] : []),
        ...(next === undefined ? [] : [printable(words.text("publish.go-on", { command: next }))]),
      ];
    },
    ...(url !== undefined && { url }),
    data: {
      ...(version !== undefined && { version }),
      ...(digest !== undefined && { digest }),
      ...(url !== undefined && { url }),
      ...(next !== undefined && { next }),
      failed: failed.map(({ step, subject, error, tolerated }) => ({ step, subject, code: error.code, tolerated })),
      errors: [...new Set(failures.map(codeOf))],
    },
  };
}

/** A step that brought something out: a run that finds everything there has released nothing. */
function isNew({ step, subject, status }: StepOutcome): boolean {
  if (status !== "done") return false;
  // Without a subject, a push tells what all of them came to.
  return step === "publish" || (subject !== undefined && (step === "push" || step === "floating-tags"));
}

function failureLine({ step, subject }: StepOutcome, error: SlipwayError, words: Words): string {
  const name = stepName(step, words);
  const reason = errorLine(error, words);
  return words.text("notify.line.step", { step: subject === undefined ? name : `${name} ${subject}`, reason });
}
