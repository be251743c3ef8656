import { refusalReason } from "../../config/refusal.ts";
import { parseTagRule } from "../../metadata/index.ts";
import type { Words } from "../../words/words.ts";
import { imageProblem } from "./github-values.ts";
import type { Project } from "./look.ts";
import { USUAL_TAGS } from "./proposal.ts";
import { type Answers, proposedImages } from "./propose.ts";

/** Asks one question; an empty answer is what is usual. */
export interface Prompt {
  ask(question: string): Promise<string>;
  tell(line: string): void;
}

/** Asks what only a person knows: where the image is to be, what it is called, and whether there are releases. */
export async function askAll(project: Project, given: Answers, prompt: Prompt, words: Words): Promise<Answers> {
  const proposed = given.images ?? proposedImages(project);
  const images = await listOf(prompt, words, words.text("init.ask.images"), proposed, imageProblem);
  if (images.length === 0) return given;
  const usual = project.found.tags.length > 0 ? project.found.tags : USUAL_TAGS;
  const tags = await listOf(prompt, words, words.text("init.ask.tags"), usual, tagProblem);
  const wants = project.repository !== undefined || project.found.releases.length > 0;
  const release = await yesOrNo(prompt, words, wants);
  return { ...given, images, tags, release };
}

function tagProblem(text: string): string | undefined {
  try {
    parseTagRule(text);
    return undefined;
  } catch (thrown) {
    return refusalReason(thrown);
  }
}

/** Asks until every part of the answer can be used. */
async function listOf(
  prompt: Prompt,
  words: Words,
  question: string,
  usual: readonly string[],
  problemOf: (text: string) => string | undefined,
): Promise<readonly string[]> {
  for (;;) {
    const answer = (await prompt.ask(usual.length === 0 ? `${question} ` : `${question} [${usual.join(" ")}] `)).trim();
    if (answer === "") return usual;
    const parts = answer.split(/\s+/);
    const problem = parts.map(problemOf).find((one) => one !== undefined);
    if (problem === undefined) return parts;
    prompt.tell(words.text("init.ask.again", { reason: problem }));
  }
}

async function yesOrNo(prompt: Prompt, words: Words, usual: boolean): Promise<boolean> {
  const answer = (await prompt.ask(words.text(usual ? "init.ask.release.yes" : "init.ask.release.no"))).trim();
  if (answer === "") return usual;
  return /^(?:y|yes|是)$/i.test(answer);
}
