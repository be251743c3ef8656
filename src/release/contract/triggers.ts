import type { BuildSettings } from "../../config/slipway/publishing.ts";
import type { Words } from "../../words/words.ts";
import { gitTagOf } from "../git-tag.ts";
import { bullets, code, heading } from "./markdown.ts";
import { listed, type Section } from "./material.ts";
import { BRANCH, runEdition, VERSION } from "./samples.ts";

/** What makes a run publish, and what never does. */
export const triggersSection: Section = (material, words) => {
  const { build, release } = material.publishing;
  const { fixed, floating, moving } = runEdition(material, "branch");
  const branchTags = [...fixed, ...[...moving, ...floating].map(({ name }) => name)].map(code);
  const version = words.text("contract.triggers.version", {
    command: code(`slipway release ${VERSION}`),
    tag: code(gitTagOf(release, VERSION)),
  });
  const branch =
    branchTags.length === 0
      ? words.text("contract.triggers.branch.none")
      : words.text("contract.triggers.branch", { branch: code(BRANCH), tags: listed(branchTags, words) });
  const local = runEdition(material, "pull");
  const localTags = [...local.fixed, ...local.moving.map(({ name }) => name)].map(code);
  const pull =
    localTags.length === 0
      ? words.text("contract.triggers.pull")
      : words.text("contract.triggers.pull.tags", { tags: listed(localTags, words) });
  const never = words.text(release === undefined ? "contract.triggers.never.no-release" : "contract.triggers.never");
  return [
    heading(words.text("contract.triggers")),
    bullets([version, branch, pull, never]),
    ...pathBlocks(build, words),
  ];
};

/** Which changes make a branch worth a build. */
function pathBlocks(build: BuildSettings | undefined, words: Words): readonly string[] {
  const { paths, pathsMatch = "some" } = build ?? {};
  if (paths === undefined) return [];
  const globs = paths.flatMap((rule) =>
    typeof rule === "string"
      ? [code(rule)]
      : Object.entries(rule).map(([changes, patterns]) => `${code(changes)}: ${listed(patterns.map(code), words)}`),
  );
  const versions = words.text("contract.triggers.paths.versions");
  return [words.text(`contract.triggers.paths.${pathsMatch}`), bullets(globs), versions];
}
