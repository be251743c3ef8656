import { readSource } from "../../config/reading/source.ts";
import { problemText, switchSource } from "../../site/compose/index.ts";
import type { SiteData } from "../../site/model.ts";
import { failure } from "../../words/error.ts";
import type { Context } from "../command.ts";

/** A file with its images from another source. */
export interface SwitchedFile {
  readonly text: string;
  readonly switched: readonly { readonly from: string; readonly to: string }[];
  readonly there: readonly string[];
  readonly kept: readonly string[];
}

/** @param to a source's id. @throws COMPOSE_FILE_UNFIT, COMPOSE_SWITCH_IDLE, CONFIG_UNREADABLE */
export function switchedFile(
  file: string,
  to: string,
  { sources, compose }: SiteData,
  { words }: Context,
): SwitchedFile {
  const images = compose?.images ?? {};
  const result = switchSource(readSource(file).text, to, { sources, images });
  if (result.kind === "problems") {
    const reason = result.problems.map((problem) => problemText(problem, words.language)).join("; ");
    throw failure("COMPOSE_FILE_UNFIT", { file, reason });
  }
  if (result.switched.length + result.there.length === 0) {
    throw failure("COMPOSE_SWITCH_IDLE", { file, source: to, images: result.kept.join(", ") });
  }
  return result;
}
