import { type FloatingTag, mayMove, type NamedTag } from "../../metadata/index.ts";
import type { Words } from "../../words/words.ts";
import { rulesOf, tagOfRule } from "../rule-tags.ts";
import { bullets, code, heading, table } from "./markdown.ts";
import { type ContractMaterial, listed, type Section } from "./material.ts";
import {
  BRANCH,
  NEWER,
  OLDER,
  PRERELEASE,
  PULL,
  RUNS,
  runEdition,
  type SampleRun,
  sampleOf,
  VERSION,
  versionEdition,
} from "./samples.ts";

/** What the image is called, what never changes, and what moves when. */
export const tagsSection: Section = (material, words) => {
  const { floating } = runEdition(material, "release");
  const all = RUNS.map((run) => runEdition(material, run));
  const fixed = all.flatMap((edition) => edition.fixed).map(code);
  const pushed = RUNS.filter((run) => run !== "pull").map((run) => runEdition(material, run));
  const moving = pushed.flatMap((edition) => edition.moving.map(({ name }) => code(name)));
  return [
    heading(words.text("contract.tags")),
    words.text("contract.tags.intro"),
    ruleTable(material, words),
    ...(fixed.length === 0 ? [] : [words.text("contract.tags.fixed", { tags: listed(fixed, words) })]),
    ...(floating.length === 0
      ? [words.text("contract.tags.floating.none", { latest: code("latest") })]
      : [
          words.text("contract.tags.floating"),
          bullets(floating.map((tag) => lineOf(tag, words))),
          words.text("contract.tags.example", { newer: NEWER, older: OLDER }),
          bullets(exampleOf(material, words)),
        ]),
    ...(moving.length === 0 ? [] : [words.text("contract.tags.moving", { tags: listed(moving, words) })]),
    words.text("contract.tags.advice"),
  ];
};

interface Row {
  readonly rule: string;
  readonly tags: Readonly<Record<SampleRun, NamedTag | undefined>>;
}

/** A column for each kind of run that any rule has a tag for; for the clock only where it gives others than the branch. */
function ruleTable(material: ContractMaterial, words: Words): string {
  const rows = rowsOf(material);
  const runs = RUNS.filter((run) =>
    rows.some(({ tags }) => tags[run] !== undefined && !(run === "schedule" && tags[run].name === tags.branch?.name)),
  );
  const titles: Readonly<Record<SampleRun, string>> = {
    release: words.text("contract.tags.head.release", { version: VERSION }),
    prerelease: words.text("contract.tags.head.prerelease", { version: PRERELEASE }),
    branch: words.text("contract.tags.head.branch", { branch: BRANCH }),
    pull: words.text("contract.tags.head.pull", { number: PULL }),
    schedule: words.text("contract.tags.head.schedule"),
  };
  const none = words.text("contract.none");
  return table(
    [words.text("contract.tags.head.rule"), ...runs.map((run) => titles[run]), words.text("contract.tags.head.kind")],
    rows.map(({ rule, tags }) => {
      const kind = kindOf(tags, runs);
      const names = runs.map((run) => tags[run]?.name);
      return [
        rule,
        ...names.map((name) => (name === undefined ? none : code(name))),
        kind === undefined ? none : words.text(`contract.tags.kind.${kind}`),
      ];
    }),
  );
}

function rowsOf(material: ContractMaterial): readonly Row[] {
  const { publishing } = material;
  const byRule = rulesOf(publishing).map((rule) => ({
    rule: code(rule.text),
    tags: tagsBy((run) => tagOfRule(rule, sampleOf(run, material), publishing.flavor)),
  }));
  // What no rule says, but the flavor: `latest` beside the tags of versions.
  const named = (run: SampleRun) => new Set(byRule.map(({ tags }) => tags[run]?.name));
  const byFlavor = tagsBy((run) => {
    const { floating, moving } = runEdition(material, run);
    return [...floating, ...moving].find(({ name }) => !named(run).has(name));
  });
  const latest = publishing.flavor?.latest ?? "auto";
  const isEmpty = RUNS.every((run) => byFlavor[run] === undefined);
  return isEmpty ? byRule : [...byRule, { rule: code(`flavor: latest=${latest}`), tags: byFlavor }];
}

function tagsBy(find: (run: SampleRun) => NamedTag | undefined): Row["tags"] {
  const [release, prerelease, branch, pull, schedule] = RUNS.map(find);
  return { release, prerelease, branch, pull, schedule };
}

/** By the first example that a rule has a tag for. What only a pull request gets stays where it was built. */
function kindOf(tags: Row["tags"], runs: readonly SampleRun[]): "fixed" | "floating" | "moving" | "local" | undefined {
  const run = runs.find((one) => tags[one] !== undefined);
  const tag = run && tags[run];
  if (tag === undefined) return undefined;
  if (run === "pull" && tags.schedule === undefined) return "local";
  if (tag.kind !== "floating") return "fixed";
  return tag.line === "branch" || tag.line === "other" ? "moving" : "floating";
}

function lineOf({ name, line }: FloatingTag, words: Words): string {
  const tag = code(name);
  if (typeof line !== "object") return words.text("contract.tags.floating.latest", { tag });
  const { major, minor } = line;
  const family = minor === undefined ? `${major}.x` : `${major}.${minor}.x`;
  return words.text("contract.tags.floating.line", { tag, line: family });
}

function exampleOf(material: ContractMaterial, words: Words): readonly string[] {
  const published = versionEdition(material, NEWER).fixed;
  return versionEdition(material, OLDER).floating.map((tag) => {
    const facts = { tag: code(tag.name), newer: NEWER, older: OLDER };
    return mayMove(tag, OLDER, published).moves
      ? words.text("contract.tags.example.moves", { tag: facts.tag, older: OLDER })
      : words.text("contract.tags.example.stays", { tag: facts.tag, newer: NEWER });
  });
}
