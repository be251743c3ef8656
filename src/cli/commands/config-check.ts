import { noticeText } from "../../config/notice.ts";
import { loadConfig } from "../../config/slipway/load-config.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { noticeLine } from "../progress/describe.ts";
import { requireConfigFile } from "../settings.ts";

/** Says that the configuration is valid, or throws what is wrong with it. */
export const run: Run<NoOptions> = async (context) => {
  const { words, paint, out, err, globals } = context;
  const file = requireConfigFile(context);
  const { notices } = loadConfig(file, context.environment);
  const said = notices.map(({ key, facts }) => ({ key, text: noticeText({ key, facts }, words.language) }));
  for (const { text } of said) {
    err.write(`${noticeLine("warn", text, { words, paint: paint.err })}\n`);
  }
  const result = { version: 1, command: context.command, ok: true, file, notices: said };
  if (globals.json) out.write(`${JSON.stringify(result, undefined, 2)}\n`);
  else err.write(`${paint.err("green", "✓")} ${words.text("config.valid", { file })}\n`);
  return EXIT.done;
};
