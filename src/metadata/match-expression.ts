import type { Refuse } from "./refuse.ts";

/** Reads `/expression/flags`, or an expression alone: JavaScript's, as in docker/metadata-action. */
export function matchExpression(written: string, refuse: Refuse): RegExp {
  const [, source = written, flags = ""] = /^\/(.+)\/(.*)$/.exec(written) ?? [];
  return compile(source, flags, refuse);
}

/** Reads the expression that finds a version in longer text: its first group. */
export function versionExpression(source: string, refuse: Refuse): RegExp {
  const compiled = compile(source, "", refuse);
  const groups = new RegExp(`${source}|`).exec("")?.length ?? 1;
  if (groups < 2) throw refuse("match needs a group ( ) around the version");
  return compiled;
}

function compile(source: string, flags: string, refuse: Refuse): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (thrown) {
    throw refuse(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
