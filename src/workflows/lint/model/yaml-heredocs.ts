import type { Place } from "../../../config/reading/place.ts";
import { readScript } from "./script.ts";
import { stepsIn, type Workflow } from "./workflow.ts";
import { placeWithin } from "./written.ts";
import { readYamlText, type YamlText } from "./yaml-text.ts";

/** A YAML file that a `run` writes by a heredoc. */
export interface YamlHeredoc {
  /** As the script calls it. */
  readonly name: string;
  readonly body: string;
  readonly content: YamlText;
  /** Where a place of the body stands in the workflow. */
  readonly placeOf: (within: Place) => Place;
}

/** The YAML files that the steps of a workflow write. */
export function yamlHeredocs(workflow: Workflow): readonly YamlHeredoc[] {
  return stepsIn(workflow).flatMap(({ step: { run } }) => {
    if (run === undefined) return [];
    return readScript(run.text).heredocs.flatMap(({ file, body, offset }) => {
      if (file === undefined || !/\.ya?ml$/i.test(file)) return [];
      const placeOf = ({ line, column }: Place) => {
        const before = body
          .split("\n")
          .slice(0, line - 1)
          .join("\n").length;
        return placeWithin(workflow.lines, run, offset + before + (line > 1 ? 1 : 0) + column - 1);
      };
      return [{ name: file, body, content: readYamlText(workflow.file, body), placeOf }];
    });
  });
}
