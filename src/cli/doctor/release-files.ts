import { namedFiles } from "../../release/assets.ts";
import type { Project } from "../../release/run.ts";
import { fillVersion } from "../../release/version-template.ts";
import { notesOf } from "../../release/wanted-release.ts";
import { asFailure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine, warned } from "./finding.ts";

/** Whether what a release takes from this machine is here. Files that only a version names wait until there is one. */
export async function checkReleaseFiles(
  { folder, publishing: { release } }: Project,
  version: string | undefined,
  words: Words,
): Promise<readonly Finding[]> {
  if (release === undefined) return [];
  const { notes, assets = [] } = release;
  return [...(await checkNotes()), ...(await checkAssets())];

  async function checkNotes(): Promise<readonly Finding[]> {
    if (release === undefined || notes === undefined || notes === "generate" || notes === "none") return [];
    try {
      const file = fillVersion(notes, version, "release.notes");
      await notesOf({ notes: file }, folder, version ?? "");
      return [fine("notes", file)];
    } catch (thrown) {
      return failedUnlessUnnamed("notes", thrown);
    }
  }

  async function checkAssets(): Promise<readonly Finding[]> {
    const patterns: string[] = [];
    const findings = await Promise.all(
      assets.map(async (written): Promise<readonly Finding[]> => {
        try {
          const pattern = fillVersion(written, version, "release.assets");
          const files = await namedFiles(folder, [pattern]);
          patterns.push(pattern);
          return [fine("assets", `${pattern}: ${files.map(({ name }) => name).join(", ")}`)];
        } catch (thrown) {
          if (asFailure(thrown).code !== "ASSET_NOT_FOUND") return failedUnlessUnnamed("assets", thrown);
          const text = words.error(asFailure(thrown)).message;
          return [{ ...warned("assets", text, words.text("doctor.absent.hint")), code: "ASSET_NOT_FOUND" }];
        }
      }),
    );
    const clash = await namedFiles(folder, patterns).then(
      () => [],
      (thrown: unknown) => [failed("assets", thrown, words)],
    );
    const all = [...findings.flat(), ...clash];
    return all.filter(({ text }, at) => all.findIndex((one) => one.text === text) === at);
  }

  function failedUnlessUnnamed(check: "notes" | "assets", thrown: unknown): readonly Finding[] {
    return asFailure(thrown).code === "VERSION_NEEDED" ? [] : [failed(check, thrown, words)];
  }
}
