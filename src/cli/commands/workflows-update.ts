import { parseRepositoryName } from "../../github/index.ts";
import { failure } from "../../words/error.ts";
import { newestVersions, takeNewer } from "../../workflows/newer-versions.ts";
import { publishedVersion } from "../../workflows/published-version.ts";
import { ACTION_VERSIONS, type ActionVersion } from "../../workflows/versions.ts";
import { formatActionVersions } from "../../workflows/versions-file.ts";
import type { Context, Run } from "../command.ts";
import { checkDryRun } from "../dry-run.ts";
import { EXIT } from "../exit.ts";
import { tellResult } from "../output/result.ts";
import { printable } from "../output/width.ts";
import { replacePage } from "../publish/contract-file.ts";
import { openPlace } from "../publish/release-place.ts";
import { requireConfigFile } from "../settings.ts";
import { ownVersions, versionsFile, versionsIn } from "../workflows/own-versions.ts";
import type { workflowsUpdateOptions } from "../workflows-options.ts";

/** Takes newer releases of actions, of all or of those named, into a file beside the configuration. */
export const run: Run<typeof workflowsUpdateOptions> = async (context, { positional, options }) => {
  checkDryRun(options);
  const { command, globals, words, out, err, paint } = context;
  const config = requireConfigFile(context);
  const known = newestVersions(ACTION_VERSIONS, ownVersions(config));
  const wanted = namedOf(known, positional);
  const found = options.from === undefined ? await askGitHub(context, wanted) : versionsFrom(options.from, wanted);
  const { versions, changes } = takeNewer(known, found, options.majors);
  const isChanged = changes.some(({ state }) => state === "taken");
  const file = versionsFile(config);
  if (isChanged && !options.dryRun) {
    const own = versions.filter(
      (one) => !ACTION_VERSIONS.some((same) => same.version === one.version && same.action === one.action),
    );
    await replacePage(file, formatActionVersions(own));
  }
  await tellResult(context, { version: 1, command, ok: true, file, changed: isChanged, actions: changes });
  if (!globals.json) {
    for (const { action, from, to, state } of changes) {
      out.write(`${words.text(`workflows.update.${state}`, { action, from: printable(from), to: printable(to) })}\n`);
    }
    if (changes.length === 0) err.write(`${words.text("workflows.update.none")}\n`);
    if (isChanged && !options.dryRun) {
      err.write(`${paint.err("green", "✓")} ${words.text("workflows.update.written", { file: printable(file) })}\n`);
    }
  }
  return isChanged && options.detailedExitcode ? EXIT.drift : EXIT.done;
};

/** @throws ACTION_UNKNOWN */
function namedOf(known: readonly ActionVersion[], names: readonly string[]): readonly ActionVersion[] {
  checkKnown(known, names);
  return names.length === 0 ? known : known.filter(({ action }) => names.includes(action));
}

/** A file may hold more than was asked for, but no action that nobody uses: it would never be looked at. */
function versionsFrom(file: string, wanted: readonly ActionVersion[]): readonly ActionVersion[] {
  const found = versionsIn(file);
  checkKnown(
    ACTION_VERSIONS,
    found.map(({ action }) => action),
  );
  return found.filter(({ action }) => wanted.some((one) => one.action === action));
}

function checkKnown(known: readonly ActionVersion[], names: readonly string[]): void {
  const stranger = names.find((name) => !known.some(({ action }) => action === name));
  if (stranger === undefined) return;
  throw failure("ACTION_UNKNOWN", { action: stranger, known: known.map(({ action }) => action).join(", ") });
}

async function askGitHub(context: Context, wanted: readonly ActionVersion[]): Promise<readonly ActionVersion[]> {
  return Promise.all(
    wanted.map(async ({ action }) => {
      const { github } = await openPlace(context, parseRepositoryName(action), "read");
      try {
        return await publishedVersion(action, github);
      } finally {
        await github.close();
      }
    }),
  );
}
