import { type Entry, entryLines, indented, type Lines, mappingLines } from "./lines.ts";

/** A step of a job. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  /** An expression, without its braces. */
  readonly condition?: string;
  /** `OWNER/NAME@COMMIT # VERSION` */
  readonly uses?: string;
  readonly with?: readonly Entry[];
  readonly env?: readonly Entry[];
  /** A line, or several. */
  readonly run?: string | Lines;
}

export function stepLines(step: Step): Lines {
  const { name, id, condition, uses, run, env = [] } = step;
  const lines = [
    ...(name === undefined ? [] : entryLines({ key: "name", value: name })),
    ...(uses === undefined ? [] : [`uses: ${uses}`]),
    ...(id === undefined ? [] : entryLines({ key: "id", value: id })),
    ...(condition === undefined ? [] : [`if: ${condition}`]),
    ...mappingLines("with", step.with ?? []),
    ...mappingLines("env", env),
    ...(run === undefined ? [] : entryLines({ key: "run", value: run })),
  ];
  const [first = "", ...others] = lines;
  return [`- ${first}`, ...indented(others)];
}
