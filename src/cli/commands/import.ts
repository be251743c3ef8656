import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { formatOf } from "../../config/import/format.ts";
import { importImageSyncer } from "../../config/import/image-syncer.ts";
import type { ImportedConfig } from "../../config/import/imported.ts";
import { importRegsync } from "../../config/import/regsync.ts";
import { importSkopeo } from "../../config/import/skopeo.ts";
import { noticeText } from "../../config/notice.ts";
import { readSource, type Source } from "../../config/reading/source.ts";
import { schemaComment } from "../../config/schema/json-schema.ts";
import { CONFIG_FILE } from "../../config/slipway/find-config.ts";
import { failure } from "../../words/error.ts";
import type { Context, Input, Run } from "../command.ts";
import { canAsk, confirm } from "../confirm.ts";
import { EXIT } from "../exit.ts";
import type { importOptions } from "../options.ts";
import { writeText } from "../output/file.ts";
import { noticeLine } from "../progress/describe.ts";

type Options = Input<typeof importOptions>["options"];

/** Writes a `slipway.yaml` that does what another program's files say, and tells what could not be carried over. */
export const run: Run<typeof importOptions> = async (context, { positional, options }) => {
  const { globals, out, err, words, paint } = context;
  const imported = importFiles(positional.map(readSource), options);
  const { notices } = imported;
  const file = options.output ?? CONFIG_FILE;
  const yaml = schemaComment(dirname(file)) + imported.yaml;
  if (file === "-") out.write(yaml);
  else {
    await refuseOverwriting(file, context, options);
    await writeText(file, yaml);
  }
  const said = notices.map(({ key, facts }) => ({ key, text: noticeText({ key, facts }, words.language) }));
  for (const { text } of said) {
    err.write(`${noticeLine("warn", text, { words, paint: paint.err })}\n`);
  }
  if (file === "-") return EXIT.done;
  const result = { version: 1, command: context.command, ok: true, file, notices: said };
  if (globals.json) out.write(`${JSON.stringify(result, undefined, 2)}\n`);
  else err.write(`${paint.err("green", "✓")} ${words.text("import.written", { file })}\n`);
  return EXIT.done;
};

/** @throws CONFIG_FORMAT_UNKNOWN, ARGUMENTS_TOO_MANY, IMPORT_DESTINATION_MISSING, CONFIG_* */
function importFiles(sources: readonly Source[], options: Options): ImportedConfig {
  const [first, ...more] = sources;
  if (first === undefined) throw failure("ARGUMENT_MISSING", { argument: "FILE", usage: "slipway import FILE…" });
  const format = formatOf(first);
  if (format === undefined) throw failure("CONFIG_FORMAT_UNKNOWN", { file: first.file });
  if (format.startsWith("image-syncer")) return importImageSyncer([first, ...more]);
  if (more.length > 0) {
    throw failure("ARGUMENTS_TOO_MANY", {
      arguments: more.map(({ file }) => file).join(", "),
      usage: "slipway import FILE",
    });
  }
  if (format === "regsync") return importRegsync(first);
  if (options.to === undefined) throw failure("IMPORT_DESTINATION_MISSING", { file: first.file });
  return importSkopeo(first, { destination: options.to, scoped: options.scoped });
}

/** @throws FILE_EXISTS unless it may be replaced: by the flag, or because someone who was asked said so */
async function refuseOverwriting(file: string, context: Context, { force }: Options): Promise<void> {
  if (force || !existsSync(file)) return;
  const isAllowed =
    canAsk(context) && (await confirm(context.words.text("import.overwrite", { file }), context.signal));
  if (!isAllowed) throw failure("FILE_EXISTS", { file });
}
