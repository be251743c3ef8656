import type { MirrorRule, RuleDestination, RuleImages } from "../../config/mirror-rule.ts";
import type { TagSelection } from "../../config/tags/tag-selection.ts";
import { repositoryOf } from "../../oci/reference.ts";
import type { Words } from "../../words/words.ts";
import { platformsOf } from "../targets.ts";
import { code, heading, table } from "./markdown.ts";
import { listed, type Section } from "./material.ts";

/** What is copied elsewhere besides. */
export const mirrorsSection: Section = ({ mirrors }, words) => {
  if (mirrors.length === 0) return [];
  const head = (["from", "to", "what"] as const).map((key) => words.text(`contract.mirrors.head.${key}`));
  const rows = mirrors.map((rule) => [
    code(repositoryOf(rule.source)),
    rule.destinations.map((destination) => code(repositoryOf(destination.repository))).join("<br>"),
    whatOf(rule, words),
  ]);
  return [heading(words.text("contract.mirrors")), words.text("contract.mirrors.intro"), table(head, rows)];
};

function whatOf({ images, destinations, platforms, referrers }: MirrorRule, words: Words): string {
  const adapting = destinations.filter(({ adapt }) => adapt === true);
  const parts = [
    ...(images.kind === "selection" ? selected(images.selection, words) : [named(images, destinations, words)]),
    ...(platforms === undefined
      ? []
      : [words.text("contract.mirrors.platforms", { platforms: codes(platformsOf({ platforms }), words) })]),
    ...(referrers ? [] : [words.text("contract.mirrors.no-referrers")]),
    ...adapting.map(({ repository }) =>
      words.text("contract.mirrors.adapted", { repository: code(repositoryOf(repository)) }),
    ),
  ];
  return parts.join(words.text("contract.list.semicolon"));
}

/** Tags or a digest by name, with what they are called at the destinations where that differs. */
function named(
  images: Exclude<RuleImages, { kind: "selection" }>,
  destinations: readonly RuleDestination[],
  words: Words,
): string {
  const names = images.kind === "tags" ? images.tags : [images.digest];
  const there = destinations.find(({ tags }) => tags?.some((tag, at) => tag !== names[at]))?.tags;
  return listed(
    names.map((name, at) => (there?.[at] === undefined ? code(name) : `${code(name)} → ${code(there[at])}`)),
    words,
  );
}

/** In the order in which the parts of a selection work. */
function selected({ semver, match, include, exclude, newest }: TagSelection, words: Words): readonly string[] {
  const chooses = semver !== undefined || match !== undefined;
  return [
    ...(chooses || include !== undefined ? [] : [words.text("contract.mirrors.all")]),
    ...(semver === undefined ? [] : [words.text("contract.mirrors.semver", { range: code(semver) })]),
    ...(match === undefined ? [] : [words.text("contract.mirrors.match", { patterns: codes(match, words) })]),
    ...(include === undefined
      ? []
      : [
          chooses ? words.text("contract.mirrors.include", { patterns: codes(include, words) }) : codes(include, words),
        ]),
    ...(exclude === undefined ? [] : [words.text("contract.mirrors.exclude", { patterns: codes(exclude, words) })]),
    ...(newest === undefined ? [] : [words.text("contract.mirrors.newest", { count: newest })]),
  ];
}

function codes(items: readonly string[], words: Words): string {
  return listed(items.map(code), words);
}
