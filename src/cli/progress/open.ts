import type { Context } from "../command.ts";
import { openLog } from "../report/log.ts";
import { systemClock } from "./clock.ts";
import { jsonListener } from "./json.ts";
import { broadcast, type Listener, silent } from "./listener.ts";
import { liveListener } from "./live.ts";
import { plainListener } from "./plain.ts";

/** The display that the user asked for or that fits the place, and the log file where one is wanted. @throws FILE_UNWRITABLE */
export async function openListener({ globals, environment, words, err, paint }: Context): Promise<Listener> {
  const level = globals.logLevel ?? "info";
  const style = { words, paint: paint.err, level, errors: "code" } as const;
  const write = (line: string) => err.write(`${line}\n`);
  const displays = {
    tty: () => liveListener(err, style, systemClock),
    plain: () => plainListener(style, systemClock, write),
    json: () => jsonListener(words, systemClock, write),
    none: () => silent,
  };
  const display = displays[chooseDisplay(globals.progress ?? "auto", environment, err)]();
  if (globals.log === undefined) return display;
  return broadcast([display, await openLog(globals.log, words, level === "debug" ? "debug" : "info")]);
}

/** `auto`: a live display on a terminal that can draw one, lines elsewhere. */
export function chooseDisplay(
  asked: "auto" | "tty" | "plain" | "json" | "none",
  environment: NodeJS.ProcessEnv,
  stream: { readonly isTTY?: boolean },
): "tty" | "plain" | "json" | "none" {
  if (asked !== "auto") return asked;
  const isCi = !["", "0", "false"].includes(environment.CI ?? "");
  return stream.isTTY === true && !isCi && environment.TERM !== "dumb" ? "tty" : "plain";
}
