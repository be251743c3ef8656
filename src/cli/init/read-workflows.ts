import { readdirSync } from "node:fs";
import { join } from "node:path";
import { formatOfTree } from "../../config/import/format.ts";
import { importImageSyncer } from "../../config/import/image-syncer.ts";
import { readSource, type Source } from "../../config/reading/source.ts";
import { entriesOf, entryOf } from "../../config/reading/tree.ts";
import type { RepositoryName } from "../../github/index.ts";
import { readWorkflow, stepsIn, triggerOf, type Workflow } from "../../workflows/lint/model/workflow.ts";
import { linesOf, writtenOf } from "../../workflows/lint/model/written.ts";
import { yamlHeredocs } from "../../workflows/lint/model/yaml-heredocs.ts";
import { readYamlText } from "../../workflows/lint/model/yaml-text.ts";
import { type Found, reading } from "./found.ts";
import { withVariables } from "./github-values.ts";
import { readStep } from "./read-step.ts";

export const WORKFLOWS = ".github/workflows";

/** Reads what workflows build, push, release and mirror. What is no workflow, or cannot be read, is said. */
export function readWorkflows(folder: string, repository: RepositoryName | undefined, found: Found): void {
  for (const name of namesIn(join(folder, WORKFLOWS))) {
    const file = `${WORKFLOWS}/${name}`;
    reading(file, found, () => read(file, readSource(join(folder, file)).text, repository, found));
  }
}

function read(file: string, text: string, repository: RepositoryName | undefined, found: Found): void {
  const content = readYamlText(file, text);
  if (content.kind === "refused") {
    found.left.push({ key: "init.unreadable", file: `${file}:${content.place.line}`, reason: content.reason });
    return;
  }
  const workflow = readWorkflow(file, text.split("\n"), content.tree);
  for (const { job, step } of stepsIn(workflow)) {
    const env = new Map([workflow.tree, job.tree, step.tree].flatMap(envOf));
    readStep({ workflow, step, surroundings: { env, ...(repository !== undefined && { repository }) } }, found);
  }
  readHeredocs(workflow, repository, found);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

function envOf(tree: Workflow["tree"]): readonly (readonly [string, string])[] {
  return entriesOf(entryOf(tree, "env")?.value).flatMap(({ key, value }) => {
    const text = writtenOf(value)?.text;
    return text === undefined ? [] : [[key, text] as const];
  });
}

/** The files of image-syncer that a workflow writes before it runs it. */
function readHeredocs(workflow: Workflow, repository: RepositoryName | undefined, found: Found): void {
  const env = new Map(envOf(workflow.tree));
  const surroundings = { env, ...(repository !== undefined && { repository }) };
  const sources = yamlHeredocs(workflow).flatMap(({ name, body, content }): readonly Source[] => {
    if (content.kind !== "tree" || formatOfTree(content.tree)?.startsWith("image-syncer") !== true) return [];
    const text = body.replace(/\$\{\{.*?\}\}/gs, (expression) => withVariables(expression, surroundings) ?? expression);
    return [{ file: `${workflow.file} (${name.replace(/^\.\//, "")})`, text }];
  });
  const [first, ...more] = sources;
  if (first === undefined) return;
  found.imports.push(importImageSyncer([first, ...more]));
  found.files.add(workflow.file);
  const schedule = triggerOf(workflow, "schedule")?.settings;
  const cron = schedule?.kind === "list" ? schedule.items.flatMap((one) => linesOf(entryOf(one, "cron")?.value)) : [];
  const branches = linesOf(entryOf(triggerOf(workflow, "push")?.settings, "branches")?.value);
  found.schedules.push({ ...(cron.length > 0 && { cron }), branches });
}
