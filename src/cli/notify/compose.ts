import { randomUUID } from "node:crypto";
import type { Link, Message, Occasion, State } from "../../notify/index.ts";
import type { Words } from "../../words/words.ts";
import { printable } from "../output/width.ts";
import { endingOf, type News } from "./news.ts";
import type { Previous } from "./previous.ts";

/** All that a run was, for channels to choose by. */
export function occasionsOf(news: News, previous: Previous): readonly Occasion[] {
  switch (endingOf(news)) {
    case "failed":
    case "interrupted":
      return ["failed"];
    case "partial":
      return ["partial", ...released(news)];
    case "good":
      return [...(previous === "failure" ? ["recovered" as const] : []), ...released(news)];
  }
}

function released({ hasReleased }: News): readonly Occasion[] {
  return hasReleased ? ["released"] : [];
}

/** The one that the title tells: never better than what happened. */
export function stateOf(news: News, previous: Previous): State {
  const ending = endingOf(news);
  if (ending !== "good") return ending;
  if (previous === "failure") return "recovered";
  return news.hasReleased ? "released" : "succeeded";
}

export interface Setting {
  readonly previous: Previous;
  /** The page of the run, where one is kept. */
  readonly runUrl?: string | undefined;
  readonly project: string;
}

/** The message about a run, in each language with the same id. */
export function composer(news: News, { previous, runUrl, project }: Setting): (words: Words) => Message {
  const id = `msg_${randomUUID()}`;
  const time = new Date();
  const state = stateOf(news, previous);
  const { work, subject, exit, url, data } = news;
  return (words) => {
    const links: readonly Link[] = [
      ...(url === undefined ? [] : [{ text: words.text("notify.link.release"), url }]),
      ...(runUrl === undefined ? [] : [{ text: words.text("notify.link.run"), url: runUrl }]),
    ];
    const exitFact = { key: "exit", label: words.text("notify.fact.exit"), value: String(exit) };
    return {
      id,
      type: `slipway.${work}.${state}`,
      time,
      state,
      title: titleOf(news, state, previous, words),
      facts: [
        ...news.facts(words),
        ...(exit === 0 ? [] : [exitFact]),
        ...(state === "recovered" ? [beforeFact(words)] : []),
      ].map((fact) => ({ ...fact, value: printable(fact.value) })),
      lines: news.lines(words),
      links,
      cutMark: words.text("notify.cut"),
      data: { project, work, subject, exit, previous, ...(runUrl !== undefined && { runUrl }), ...data },
    };
  };
}

function beforeFact(words: Words) {
  return { key: "before", label: words.text("notify.fact.before"), value: words.text("notify.before.failure") };
}

function titleOf({ work, subject }: News, state: State, previous: Previous, words: Words): string {
  const shown = printable(subject);
  const what = words.text(`notify.what.${work}`, { subject: shown });
  if (state === "released" || state === "test") return words.text(`notify.title.${state}`, { subject: shown });
  if (state === "failed" && previous === "failure") return words.text("notify.title.still-failing", { what });
  return words.text(`notify.title.${state}`, { what });
}
