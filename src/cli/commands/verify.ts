import { diagnose } from "../../release/diagnose.ts";
import { versionState } from "../../release/version-state.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { exitOfState, stateJson, stateLines } from "../publish/version-lines.ts";
import { versionPlaces } from "../publish/version-places.ts";
import type { verifyOptions } from "../publish-options.ts";

/** Compares what all registries, and GitHub, have of a version now. */
export const run: Run<typeof verifyOptions> = async (context, { positional: [text = ""], options }) => {
  const { command, globals, words, out, paint } = context;
  const places = await versionPlaces(context, text, options);
  await using session = places.session;
  const state = await versionState(places.version, places.tag, places.outlets, places.release);
  const diagnoses = diagnose(state, { configured: places.folder !== undefined });
  await session.listener.close();
  const exit = exitOfState(state, diagnoses);
  if (globals.json) {
    const facts = { version: 1, command, ok: exit === EXIT.done, ...stateJson(state, diagnoses, words) };
    out.write(`${JSON.stringify(facts, undefined, 2)}\n`);
  } else {
    for (const line of stateLines(state, diagnoses, words, paint.out)) out.write(`${line}\n`);
  }
  return exit;
};
