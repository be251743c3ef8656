import type { ComposeForm, FieldValues } from "../../site/compose/form.ts";
import {
  type Answers,
  answerOf,
  composeFile,
  type Edition,
  type ImportedAnswers,
  imageOf,
  newSecret,
  problemText,
  visibleFields,
} from "../../site/compose/index.ts";
import type { SiteData, Source } from "../../site/model.ts";
import { failure } from "../../words/error.ts";
import type { Language } from "../../words/words.ts";
import type { ComposeOptions } from "../compose-options.ts";
import { givenValues, refuseUnasked } from "./given-values.ts";

/** A compose file as options want it. */
export interface MadeFile {
  readonly text: string;
  readonly env?: string;
  /** With its tag or digest. */
  readonly image: string;
  /** Fields whose secret was made here. */
  readonly generated: readonly string[];
}

export interface MakeFileOptions {
  readonly form: ComposeForm;
  readonly data: SiteData;
  readonly source: Source;
  /** What another file has answered already. */
  readonly start: Partial<ImportedAnswers>;
  readonly options: ComposeOptions;
  readonly language: Language;
}

/**
 * Makes a compose file: what options say counts before what `start` says, and that before the form's own.
 * @throws AggregateError of COMPOSE_ANSWER_INVALID; COMPOSE_*
 */
export function makeFile({ form, data, source, start, options, language }: MakeFileOptions): MadeFile {
  const given = givenValues(form, options);
  const answered = { ...start.values, ...given };
  refuseUnasked(form, Object.keys(given), answered);
  const generated = generatedSecrets(form, answered);
  const edition = editionOf(options) ?? start.edition ?? { kind: "tag", tag: data.tags[0] ?? "latest" };
  const secrets = options.secretsFile === undefined ? "file" : "env";
  const answers: Answers = { source: source.id, edition, values: { ...answered, ...generated }, secrets };
  const result = composeFile(form, answers, data.sources);
  if (result.kind === "problems") {
    throw new AggregateError(
      result.problems.map((problem) =>
        failure("COMPOSE_ANSWER_INVALID", { field: problem.field, reason: problemText(problem, language) }),
      ),
    );
  }
  const { text, env } = result;
  return {
    text,
    ...(env !== undefined && { env }),
    image: imageOf(source, edition),
    generated: Object.keys(generated),
  };
}

/** @throws OPTIONS_CONFLICT */
function editionOf({ tag, digest }: ComposeOptions): Edition | undefined {
  if (tag !== undefined && digest !== undefined) throw failure("OPTIONS_CONFLICT", { one: "--tag", other: "--digest" });
  if (digest !== undefined) return { kind: "digest", digest };
  return tag === undefined ? undefined : { kind: "tag", tag };
}

/** Secrets that are needed, and that nobody has given. */
function generatedSecrets(form: ComposeForm, values: FieldValues): FieldValues {
  return Object.fromEntries(
    visibleFields(form, values).flatMap((field) => {
      if (field.type !== "secret" || !field.required || field.generate === undefined) return [];
      return answerOf(field, values) === "" ? [[field.id, newSecret(field.generate)]] : [];
    }),
  );
}
