import type { ComposeForm } from "../../../src/site/compose/form.ts";
import {
  type Answers,
  type ComposeResult,
  composeFile,
  type ImageSource,
  type Problem,
} from "../../../src/site/compose/index.ts";

/** The file as it is so far. Only one without problems is to be copied. */
export interface Draft {
  readonly text: string;
  readonly env?: string;
  readonly problems: readonly Problem[];
}

/** What the answers give; where some do not hold, what the others give without them, so that there is always a file to see. */
export function draftOf(form: ComposeForm, answers: Answers, sources: readonly ImageSource[], usualTag: string): Draft {
  const result = composeFile(form, answers, sources);
  if (result.kind === "file") return draftFrom(result, []);
  const { problems } = result;
  const broken = new Set(problems.map(({ field }) => field));
  const fields = form.fields.map((field) => (broken.has(field.id) ? { ...field, required: false } : field));
  const emptied = Object.fromEntries([...broken].map((field) => [field, ""]));
  const isBroken = broken.has("tag") || broken.has("digest");
  const rest = composeFile(
    { ...form, fields },
    {
      ...answers,
      source: broken.has("source") ? (sources[0]?.id ?? "") : answers.source,
      edition: isBroken ? { kind: "tag", tag: usualTag } : answers.edition,
      values: { ...answers.values, ...emptied },
    },
    sources,
  );
  return draftFrom(rest, problems);
}

function draftFrom(result: ComposeResult, problems: readonly Problem[]): Draft {
  if (result.kind === "problems") return { text: "", problems };
  const { text, env } = result;
  return { text, ...(env !== undefined && { env }), problems };
}
