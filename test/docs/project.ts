import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What the pages' project holds, commit by commit; what pages write themselves stays out of git. */
const COMMITS = [
  { tag: "v1.1.0", files: { "app/run": "#!/bin/sh\necho one\n" } },
  { tag: undefined, files: { "app/run": "#!/bin/sh\necho two\n", "docs/notes.md": "Two.\n" } },
] as const;

/** Makes a folder a checkout with a history that is the same each time, so that what is built of it is, too. */
export async function openProject(folder: string, home: string): Promise<void> {
  await git(folder, home, 0, "init", "--quiet", "--initial-branch=main");
  for (const [at, { tag, files }] of COMMITS.entries()) {
    for (const [file, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), content);
    }
    await git(folder, home, at, "add", "--", ...Object.keys(files));
    await git(folder, home, at, "commit", "--quiet", `--message=change ${at + 1}`);
    if (tag !== undefined) await git(folder, home, at, "tag", tag);
  }
}

async function git(folder: string, home: string, minute: number, ...args: readonly string[]): Promise<void> {
  const date = new Date(Date.UTC(2026, 0, 2, 3, minute)).toISOString();
  const people = ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "Ada"],
    [`GIT_${who}_EMAIL`, "ada@example.org"],
    [`GIT_${who}_DATE`, date],
  ]);
  const env = { PATH: "/usr/bin:/bin", HOME: home, ...Object.fromEntries(people) };
  await execute("git", args, { cwd: folder, env });
}
