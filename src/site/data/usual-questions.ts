import { localized } from "../localized.ts";
import type { Question, Source } from "../model.ts";
import { spanText } from "../sources/span.ts";
import { inBothLanguages, type SiteWords } from "../words.ts";
import { digestCommands } from "./digest-commands.ts";

/** What the usual answers speak of. */
export interface Asked {
  readonly sources: readonly Source[];
  /** One at least. */
  readonly tags: readonly string[];
  /** Those that get another form of an image where they refuse some of it. */
  readonly adapted: readonly Source[];
}

type Answer = (asked: Asked, words: SiteWords) => readonly string[];

/** What everybody asks who can choose between sources; the answers name the sources that there are. */
export function usualQuestions(asked: Asked): readonly Question[] {
  return USUAL.map(({ id, answer }) => ({
    id,
    question: inBothLanguages((words) => words.text(`site.faq.${id}`)),
    answer: inBothLanguages((words) => answer(asked, words).join("\n\n")),
  }));
}

const choose: Answer = ({ sources }, words) => [
  words.text("site.faq.choose.answer"),
  sources
    .filter(({ state }) => state.kind === "active")
    .map((source) => {
      const audience = localized(source.audience, words.language);
      return words.text("site.faq.choose.source", { audience, name: nameOf(source, words) });
    })
    .join(gap(words)),
];

const late: Answer = ({ sources }, words) => {
  const origin = sources.find(({ isOrigin }) => isOrigin);
  const planned = sources.flatMap((source) => {
    if (source.every === undefined || source.state.kind === "paused") return [];
    const span = spanText(source.every / 1000, words.language);
    return words.text("site.faq.late.source", { name: nameOf(source, words), span });
  });
  return [
    words.text("site.faq.late.answer"),
    ...(planned.length === 0 ? [] : [planned.join(gap(words))]),
    ...(origin === undefined ? [] : [words.text("site.faq.late.origin", { name: nameOf(origin, words) })]),
  ];
};

const change: Answer = ({ sources, tags: [tag = "latest"] }, words) => [
  words.text("site.faq.switch.answer"),
  indented(sources.filter(canBeChosen).map(({ image }) => `image: ${image}:${tag}`)),
  words.text("site.faq.switch.restart"),
  indented(["docker compose pull", "docker compose up -d"]),
  words.text("site.faq.switch.data"),
  ...sources.flatMap(({ image, replaces = [] }) =>
    replaces.map((one) => words.text("site.faq.switch.replaced", { old: code(one.image), image: code(image) })),
  ),
];

const verify: Answer = ({ sources, tags: [tag = "latest"] }, words) => [
  words.text("site.faq.verify.answer"),
  indented(digestCommands(sources.filter(canBeChosen), tag)),
  words.text("site.faq.verify.pin", { image: code(`${sources[0]?.image}@sha256:…`) }),
];

const digests: Answer = ({ adapted }, words) => [
  words.text("site.faq.digests.answer"),
  ...adapted.map((source) => words.text("site.faq.digests.adapted", { name: nameOf(source, words) })),
];

const limits: Answer = ({ sources }, words) => {
  const known = sources.filter(canBeChosen).flatMap((source) => {
    if (source.limits === undefined) return [];
    const told = localized(source.limits, words.language);
    return words.text("site.faq.limits.source", { name: nameOf(source, words), limits: told });
  });
  const told = known.length === 0 ? words.text("site.faq.limits.none") : known.join(gap(words));
  return [told, words.text("site.faq.limits.answer")];
};

const USUAL = [
  { id: "choose", answer: choose },
  { id: "late", answer: late },
  { id: "switch", answer: change },
  { id: "verify", answer: verify },
  { id: "digests", answer: digests },
  { id: "limits", answer: limits },
] as const;

function canBeChosen({ state }: Source): boolean {
  return state.kind !== "paused";
}

function nameOf(source: Source, words: SiteWords): string {
  return localized(source.name, words.language);
}

/** Chinese sentences follow one another without a space. */
function gap({ language }: SiteWords): string {
  return language === "en" ? " " : "";
}

function code(text: string): string {
  return `\`${text}\``;
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join("\n");
}
