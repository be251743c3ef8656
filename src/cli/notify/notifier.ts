import type { NotifyChannel } from "../../config/slipway/notify.ts";
import type { Context } from "../command.ts";
import { failuresOf } from "../output/failure.ts";
import { errorNews } from "./error-news.ts";
import { endingOf, type News } from "./news.ts";

/** Says what a run came to, to those who want to hear of it. */
export interface Notifier {
  readonly project: string;
  /** Never throws: what could not be said is a warning, and in the report. */
  tell(news: News): Promise<void>;
}

export interface Notifying {
  readonly work: News["work"];
  readonly project: string;
  /** Where the configuration is. */
  readonly folder: string;
  readonly channels: readonly NotifyChannel[];
}

/**
 * Does a command's work with a notifier; what ends it before it could say anything itself is said, too.
 * @param notifying undefined: nobody is told anything
 */
export async function withNotifier(
  context: Context,
  notifying: Notifying | undefined,
  work: (notifier: Notifier | undefined) => Promise<number>,
): Promise<number> {
  if (notifying === undefined || notifying.channels.length === 0) return await work(undefined);
  let hasToldFailure = false;
  const tell = async (news: News) => {
    hasToldFailure ||= endingOf(news) !== "good";
    const { tellAll } = await import("./tell-all.ts");
    await tellAll(context, notifying, news);
  };
  try {
    return await work({ project: notifying.project, tell });
  } catch (thrown) {
    if (!hasToldFailure) await tell(errorNews(notifying.work, notifying.project, failuresOf(thrown)));
    throw thrown;
  }
}
