import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { noticeText } from "../../config/notice.ts";
import { parseActionPin } from "../../config/slipway/action-pin.ts";
import { CONFIG_FILE } from "../../config/slipway/find-config.ts";
import { failure } from "../../words/error.ts";
import type { Context, Input, Run } from "../command.ts";
import { canAsk } from "../confirm.ts";
import { EXIT } from "../exit.ts";
import { writeFiles } from "../init/files.ts";
import { imageProblem } from "../init/github-values.ts";
import { look, type Project } from "../init/look.ts";
import { type FilePlan, planFiles } from "../init/plan-files.ts";
import { openPrompt } from "../init/prompt.ts";
import type { Proposal } from "../init/proposal.ts";
import { type Answers, propose, proposedImages } from "../init/propose.ts";
import { askAll } from "../init/questions.ts";
import { WORKFLOWS } from "../init/read-workflows.ts";
import { type LeftOut, leftOutText } from "../init/say.ts";
import { type Said, tellInit } from "../init/tell.ts";
import type { initOptions } from "../init-options.ts";

type Options = Input<typeof initOptions>["options"];

/** Writes the configuration of a folder from what is there, and asks the little that it does not say. */
export const run: Run<typeof initOptions> = async (context, { options }) => {
  const file = resolve(context.globals.config ?? CONFIG_FILE);
  const folder = dirname(file);
  if (existsSync(file) && !options.force) throw failure("INIT_EXISTS", { file: relative(process.cwd(), file) });
  const project = await look(folder, context.environment);
  const answers = await answersFor(context, project, options);
  if ((answers.images ?? proposedImages(project)).length === 0 && project.found.imports.length === 0) {
    throw failure("INIT_IMAGE_UNKNOWN", { folder });
  }
  const proposal = propose(project, answers);
  const plan = planFiles(file, proposal, options.force, context.words);
  if (!options.dryRun) await writeFiles(folder, plan.files);
  const from = [...project.found.files];
  const next = nextCommands(context, project, proposal, plan);
  await tellInit(context, options.dryRun, { files: plan.files, from, said: saidOf(context, project, plan), next });
  return EXIT.done;
};

async function answersFor(context: Context, project: Project, { image, action, yes }: Options): Promise<Answers> {
  if (action !== undefined) checkAction(action);
  for (const value of image) {
    if (imageProblem(value) !== undefined)
      throw failure("OPTION_VALUE_INVALID", { option: "--image", value, expected: "REGISTRY/REPOSITORY" });
  }
  const given = { ...(image.length > 0 && { images: image }), ...(action !== undefined && { action }) };
  if (yes || !canAsk(context)) return given;
  using prompt = openPrompt({ input: process.stdin, output: process.stderr }, context.signal);
  return await askAll(project, given, prompt, context.words);
}

function checkAction(value: string): void {
  try {
    parseActionPin(value);
  } catch (cause) {
    throw failure(
      "OPTION_VALUE_INVALID",
      { option: "--action", value, expected: "OWNER/NAME@COMMIT, the commit as 40 hex digits" },
      { cause },
    );
  }
}

/** What was not carried over, and why there are no workflows. */
function saidOf({ words }: Context, { found }: Project, { withoutWorkflows }: FilePlan): readonly Said[] {
  const notices = found.imports.flatMap((imported) => imported.notices);
  const workflows = [...found.files].filter((file) => file.startsWith(WORKFLOWS));
  const still = workflows.map((file): LeftOut => ({ key: "init.still", file }));
  return [
    ...notices.map((one) => ({ key: one.key, text: noticeText(one, words.language) })),
    ...[...found.left, ...still].map((one) => ({ key: one.key, text: leftOutText(one, words) })),
    ...(withoutWorkflows === undefined
      ? []
      : [{ key: withoutWorkflows.code, text: words.error(withoutWorkflows).message }]),
  ];
}

/** What checks, what shows, and what makes the workflows, or holds them to the configuration. */
function nextCommands(
  context: Context,
  project: Project,
  { tags, action }: Proposal,
  plan: FilePlan,
): readonly string[] {
  const { config } = context.globals;
  const has = action !== undefined && plan.withoutWorkflows === undefined;
  const order = tags.length > 0 ? `plan release ${project.version ?? "VERSION"}` : "plan sync";
  const commands = ["doctor", order, has ? "workflows --check" : "workflows"];
  return commands.map((command) => `slipway ${command}${config === undefined ? "" : ` --config ${config}`}`);
}
