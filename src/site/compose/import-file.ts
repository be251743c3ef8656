import { typedAnswer } from "../../config/compose/answer.ts";
import type { Edition, ImageSource, SecretsPlace } from "./answers.ts";
import { contentOf } from "./compose-file.ts";
import { literalText, readEnvFile } from "./env-file.ts";
import { settle } from "./fields.ts";
import type { ComposeForm, FieldValue, FieldValues } from "./form.ts";
import { editionOf, repositoriesOf, restAfter } from "./images.ts";
import { type Likeliest, likeliestMatch } from "./likeliest.ts";
import { plainDocument } from "./plain-document.ts";
import type { Problem } from "./problem.ts";
import { readComposeDocument, unreadable } from "./read-document.ts";
import type { Plain } from "./render.ts";
import { unreadPaths } from "./unread.ts";

/** What a file says of the form's fields. */
export interface ImportedAnswers {
  /** Left out where the image is of no known source. */
  readonly source?: string;
  readonly edition?: Edition;
  /** Without secrets that stand elsewhere. */
  readonly values: FieldValues;
  readonly secrets: SecretsPlace;
}

export type ImportResult =
  | {
      readonly kind: "answers";
      readonly answers: ImportedAnswers;
      /** What the form cannot say: it would be lost. */
      readonly unread: readonly Problem[];
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

export interface ImportOptions {
  readonly sources: readonly ImageSource[];
  /** The text of the `.env` beside the file. */
  readonly env?: string;
}

/** Reads a compose file back into the answers that it could have been made of. */
export function importFile(form: ComposeForm, text: string, { sources, env = "" }: ImportOptions): ImportResult {
  const read = readComposeDocument(text);
  if (read.kind === "problems") return read;
  let file: Plain;
  try {
    file = plainDocument(read.document);
  } catch (thrown) {
    return unreadable(1, thrown);
  }
  const found = likeliestMatch(form, file);
  const image = found.captured.get("image") ?? "";
  const { source, rest } = sourceOf(image, sources);
  const edition = rest === undefined ? undefined : editionOf(rest);
  const { values, secrets, open } = valuesOf(form, found, readEnvFile(env));
  const settled = settle(form, { ...Object.fromEntries(found.captured), ...values });
  const made = contentOf(form, settled, (name) => found.captured.get(name));
  const problems: readonly Problem[] = [
    ...(source === undefined && image !== "" ? [problem("source", "compose.problem.image", { image })] : []),
    ...open.map((field) => problem(field, "compose.problem.variable", {})),
    ...unreadPaths(withoutVersion(file), made).map((path) => problem("file", "compose.problem.unread", { path })),
  ];
  const answers = { ...(source && { source: source.id }), ...(edition && { edition }), values, secrets };
  return { kind: "answers", answers, unread: problems };
}

/** The source that has an image, or stands in place of the one that had it; and what follows its name. */
function sourceOf(image: string, sources: readonly ImageSource[]): { source?: ImageSource; rest?: string } {
  for (const source of sources) {
    const rest = repositoriesOf(source)
      .map((name) => restAfter(image, name))
      .find((one) => one !== undefined);
    if (rest !== undefined) return { source, rest };
  }
  return {};
}

interface Values {
  readonly values: FieldValues;
  readonly secrets: SecretsPlace;
  /** Fields that take their value from a variable that is not there. */
  readonly open: readonly string[];
}

function valuesOf(form: ComposeForm, found: Likeliest, variables: ReadonlyMap<string, string>): Values {
  const values = new Map<string, FieldValue>(found.chosen);
  const open: string[] = [];
  let secrets: SecretsPlace = "file";
  for (const field of form.fields) {
    const written = found.captured.get(field.id);
    if (values.has(field.id)) continue;
    if (written === undefined) {
      if (!field.required && found.absent.includes(field.id)) values.set(field.id, "");
      continue;
    }
    const variable = variableIn(written);
    if (field.type === "secret" && variable !== undefined) secrets = "env";
    const value = variable === undefined ? literalText(written) : variables.get(variable);
    if (value !== undefined) values.set(field.id, typedAnswer(field, value));
    else if (field.type !== "secret") open.push(field.id);
  }
  return { values: Object.fromEntries(values), secrets, open };
}

/** The variable that a text is and nothing else: `${NAME}`, `${NAME:?}`, `$NAME`. */
function variableIn(text: string): string | undefined {
  return /^\$(?:(\w+)|\{(\w+)(?::?[-?+][^}]*)?\})$/
    .exec(text)
    ?.slice(1)
    .find((name) => name !== undefined);
}

/** Old files begin with it; Compose takes no notice. */
function withoutVersion(file: Plain): Plain {
  if (typeof file !== "object" || file === null) return file;
  return Object.fromEntries(Object.entries(file).filter(([key]) => key !== "version"));
}

function problem(field: string, key: Problem["key"], facts: Problem["facts"]): Problem {
  return { field, key, facts };
}
