import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Logger } from "pino";
import { createLogger } from "../../daemon/log/create-logger.ts";
import { readableLine } from "../../daemon/log/readable-line.ts";
import type { Context } from "../command.ts";
import { unwritable } from "../output/file.ts";

/**
 * The log of a process that goes on for long: an object of JSON a line, or what people read where they watch; and JSON
 * in the file that `--log` names.
 * @throws FILE_UNWRITABLE
 */
export async function openLog({ globals, err }: Pick<Context, "globals" | "err">): Promise<Logger> {
  const { progress = "auto", json } = globals;
  const isWatched = progress === "auto" ? err.isTTY === true : progress === "tty" || progress === "plain";
  const show = isWatched && !json ? readableLine : (line: string) => line;
  const file = globals.log === undefined ? undefined : await append(globals.log);
  return createLogger({
    level: globals.logLevel ?? "info",
    now: Date.now,
    write: (line) => {
      if (progress !== "none") err.write(show(line));
      file?.write(line);
    },
  });
}

async function append(file: string) {
  const stream = createWriteStream(file, { flags: "a" });
  try {
    await once(stream, "open");
  } catch (cause) {
    throw unwritable(file, cause);
  }
  // a disk that fills up later must not end what keeps mirrors in step
  stream.on("error", () => undefined);
  return stream;
}
