import { diagnose } from "../../release/diagnose.ts";
import { pastRuns } from "../../release/journal.ts";
import { stateFolder } from "../../release/state-folder.ts";
import { versionState } from "../../release/version-state.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { historyLines } from "../publish/history-lines.ts";
import { diagnosisLines, exitOfState, stateJson, stateLines } from "../publish/version-lines.ts";
import { versionPlaces } from "../publish/version-places.ts";
import type { verifyOptions } from "../publish-options.ts";

/** Explains what became of a version, by what is there now and what this machine remembers, and prints what mends it. */
export const run: Run<typeof verifyOptions> = async (context, { positional: [text = ""], options }) => {
  const { command, globals, words, out, paint } = context;
  const places = await versionPlaces(context, text, options);
  await using session = places.session;
  const state = await versionState(places.version, places.tag, places.outlets, places.release);
  const diagnoses = diagnose(state, { configured: places.folder !== undefined });
  const runs = places.folder === undefined ? [] : await pastRuns(stateFolder(places.folder).journals, places.version);
  await session.listener.close();
  if (globals.json) {
    const facts = { version: 1, command, ok: diagnoses.length === 0, ...stateJson(state, diagnoses, words), runs };
    out.write(`${JSON.stringify(facts, undefined, 2)}\n`);
  } else {
    const said = [
      ...stateLines(state, [], words, paint.out),
      "",
      ...diagnosisLines(diagnoses, state, words, paint.out),
      ...historyLines(runs, words, paint.out),
    ];
    for (const line of said) out.write(`${line}\n`);
  }
  // What is wrong has been explained; only what could not be asked is a failure of the explanation.
  const exit = exitOfState(state, diagnoses);
  return exit === EXIT.drift ? EXIT.done : exit;
};
