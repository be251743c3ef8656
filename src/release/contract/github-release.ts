import type { ReleaseSettings } from "../../config/slipway/publishing.ts";
import type { Words } from "../../words/words.ts";
import { gitTagOf } from "../git-tag.ts";
import { code, heading, table } from "./markdown.ts";
import { listed, type Section } from "./material.ts";
import { PRERELEASE, VERSION } from "./samples.ts";

/** How the release is made. */
export const githubReleaseSection: Section = ({ publishing: { release } }, words) => {
  if (release === undefined) return [];
  const { github, target, name, assets = [], latest = "auto" } = release;
  const rows = [
    ["repository", github === undefined ? words.text("contract.release.repository.here") : code(github)],
    ["tag", words.text("contract.release.tag.of", { tag: code(gitTagOf(release, VERSION)), version: VERSION })],
    ["target", target === undefined ? words.text("contract.release.target.built") : code(target)],
    ["name", name === undefined ? words.text("contract.release.name.tag") : code(name)],
    ["notes", words.text("contract.release.notes.table", { notes: notesOf(release, words) })],
    ["assets", assets.length === 0 ? words.text("contract.release.assets.none") : listed(assets.map(code), words)],
    ["latest", words.text(`contract.release.latest.${latest}`)],
    ["prerelease", words.text("contract.release.prerelease.how", { version: PRERELEASE })],
  ] as const;
  return [
    heading(words.text("contract.release")),
    table(
      [words.text("contract.release.head.what"), words.text("contract.release.head.value")],
      rows.map(([key, value]) => [words.text(`contract.release.${key}`), value]),
    ),
    words.text("contract.release.published"),
  ];
};

function notesOf({ notes = "generate" }: ReleaseSettings, words: Words): string {
  if (notes === "generate" || notes === "none") return words.text(`contract.release.notes.${notes}`);
  return words.text("contract.release.notes.file", { file: code(notes) });
}
