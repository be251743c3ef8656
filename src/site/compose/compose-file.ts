import type { Answers, ImageSource } from "./answers.ts";
import { problemsOf } from "./checks.ts";
import type { Settled } from "./conditions.ts";
import { envFile, referenceTo, variableOf } from "./env-file.ts";
import { settle } from "./fields.ts";
import type { ComposeForm, FieldValue } from "./form.ts";
import { imageOf, isEdition, otherImage } from "./images.ts";
import type { Problem } from "./problem.ts";
import { type Filling, type Plain, render } from "./render.ts";
import { writeYaml } from "./write-yaml.ts";

/** What the answers give: a file, and a `.env` beside it where secrets are to stand there; or what is in the way. */
export type ComposeResult =
  | { readonly kind: "file"; readonly text: string; readonly env?: string }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/** A compose file of a person's answers. The same answers always give the same bytes. */
export function composeFile(form: ComposeForm, answers: Answers, sources: readonly ImageSource[]): ComposeResult {
  const source = sources.find(({ id }) => id === answers.source);
  const problems = [...editionProblems(answers, source), ...problemsOf(form, answers.values)];
  if (problems.length > 0 || source === undefined) return { kind: "problems", problems };
  const settled = settle(form, answers.values);
  const secrets = answers.secrets === "env" ? secretsOf(form, settled) : [];
  const env = envFile(secrets);
  if (env.kind === "problems") return env;
  const hidden = new Set(secrets.map(([field]) => field));
  const content = contentOf(form, settled, (name) => {
    if (name === "image") return imageOf(source, answers.edition);
    if (name.startsWith("image.")) return otherImage(form, name.slice("image.".length), source.id);
    return hidden.has(name) ? referenceTo(variableOf(name)) : undefined;
  });
  const text = writeYaml(content, ` Docker Compose ${form.minimum}+`);
  return { kind: "file", text, ...(secrets.length > 0 && { env: env.text }) };
}

/** The template with answers in it; `written` says what stands for a name in place of its value, as it is to be written. */
export function contentOf(form: ComposeForm, settled: Settled, written: Filling): Plain {
  return render(form.template, settled, (name) => written(name) ?? literal(settled.get(name))) ?? {};
}

/** Compose puts variables in wherever a dollar sign stands, unless there are two. */
function literal(value: FieldValue | undefined): FieldValue | undefined {
  return typeof value === "string" ? value.replaceAll("$", "$$$$") : value;
}

function secretsOf(form: ComposeForm, settled: Settled): readonly (readonly [string, string])[] {
  return form.fields.flatMap(({ type, id }): readonly (readonly [string, string])[] => {
    const value = type === "secret" ? settled.get(id) : undefined;
    return value === undefined ? [] : [[id, String(value)]];
  });
}

function editionProblems({ source: id, edition }: Answers, source: ImageSource | undefined): readonly Problem[] {
  const unknown: readonly Problem[] =
    source === undefined ? [{ field: "source", key: "compose.problem.source", facts: { source: id } }] : [];
  if (isEdition(edition)) return unknown;
  const { kind } = edition;
  return [...unknown, { field: kind, key: `compose.problem.${kind}`, facts: {} }];
}
