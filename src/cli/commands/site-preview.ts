import { formatListen, parseListen } from "../../daemon/api/listen.ts";
import { asFailure } from "../../words/error.ts";
import type { Context, Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { failureLines } from "../output/failure.ts";
import { tellResult } from "../output/result.ts";
import { requireConfigFile } from "../settings.ts";
import { servePreview } from "../site/preview-server.ts";
import { makeSite } from "../site/site-files.ts";
import type { sitePreviewOptions } from "../site-options.ts";

const USUAL_ADDRESS = "127.0.0.1:4701";

/** Serves the pages as they would be built now, until it is interrupted: whoever reloads a page sees the configuration of that moment. */
export const run: Run<typeof sitePreviewOptions> = async (context, { options }) => {
  const { command, globals, words, err, signal, paint } = context;
  const file = requireConfigFile(context);
  const listen = parseListen(options.listen ?? USUAL_ADDRESS);
  const make = () => makeSite(file, options.status, context);
  // What cannot be made at all is no preview; later, the last good one stays.
  const first = await make();
  await using server = await servePreview({ first, make, told: (thrown) => tellProblem(thrown, context) }, listen);
  const url = `http://${formatListen({ ...listen, port: server.port })}/`;
  await tellResult(context, { version: 1, command, ok: true, url });
  if (!globals.json) err.write(`${paint.err("green", "✓")} ${words.text("site.previewed", { url })}\n`);
  await aborted(signal);
  return EXIT.done;
};

function tellProblem(thrown: unknown, { words, err, paint, globals }: Context): void {
  const style = { words, paint: paint.err, debug: globals.logLevel === "debug" };
  for (const line of failureLines([asFailure(thrown)], style)) err.write(`${line}\n`);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
