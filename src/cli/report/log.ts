import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Words } from "../../words/words.ts";
import type { LogLevel } from "../globals.ts";
import { plainPaint } from "../output/color.ts";
import { unwritable } from "../output/file.ts";
import { linesListener } from "../progress/lines.ts";
import type { Listener } from "../progress/listener.ts";

/** Plain lines with the time, for `--log FILE`; a file that is there is added to. @throws FILE_UNWRITABLE */
export async function openLog(file: string, words: Words, level: LogLevel): Promise<Listener> {
  const stream = createWriteStream(file, { flags: "a" });
  try {
    await once(stream, "open");
  } catch (cause) {
    throw unwritable(file, cause);
  }
  const lines = linesListener({ words, level, paint: plainPaint, errors: "message" }, (line) => {
    stream.write(`${new Date().toISOString()} ${line}\n`);
  });
  const closed = once(stream, "close");
  const close = async () => {
    stream.end();
    await closed;
  };
  return { ...lines, close };
}
