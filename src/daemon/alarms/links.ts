import type { Link } from "../../notify/index.ts";
import type { Words } from "../../words/words.ts";
import type { Setting } from "./setting.ts";

/** The page of the dashboard that tells most: of the one run, of the one mirror, else the list. */
export function linksTo(
  { url }: Setting,
  { run, mirrors }: { readonly run?: string | undefined; readonly mirrors: readonly string[] },
  words: Words,
): readonly Link[] {
  if (url === undefined) return [];
  const home = url.replace(/\/+$/, "");
  const [mirror] = mirrors;
  if (mirrors.length !== 1 || mirror === undefined)
    return [{ text: words.text("alarm.link.dashboard"), url: `${home}/` }];
  return [
    ...(run === undefined
      ? []
      : [{ text: words.text("notify.link.run"), url: `${home}/#/runs/${encodeURIComponent(run)}` }]),
    { text: words.text("alarm.link.mirror"), url: `${home}/#/mirrors/${encodeURIComponent(mirror)}` },
  ];
}
