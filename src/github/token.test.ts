import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../testing/index.ts";
import { tokenFrom } from "./token.ts";

/** A folder with a `gh` of our own. */
async function withProgram(script: string, work: (PATH: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder("gh");
  await writeFile(join(folder.path, "gh"), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder.path, "gh"), 0o755);
  await work(folder.path);
}

test("GITHUB_TOKEN, then GH_TOKEN, then what gh has", async () => {
  await withProgram('echo "$* of gh"', async (PATH) => {
    const table = [
      [
        { GITHUB_TOKEN: " one\n", GH_TOKEN: "two", PATH },
        { token: "one", origin: "GITHUB_TOKEN" },
      ],
      [
        { GITHUB_TOKEN: "", GH_TOKEN: "two", PATH },
        { token: "two", origin: "GH_TOKEN" },
      ],
      [{ PATH }, { token: "auth token --hostname github.com of gh", origin: "gh auth token" }],
      [{ PATH: "/nowhere" }, undefined],
    ] as const;
    for (const [environment, found] of table) assert.deepEqual(await tokenFrom(environment), found);
    const enterprise = await tokenFrom({ PATH }, "git.example.com");
    assert.equal(enterprise?.token, "auth token --hostname git.example.com of gh");
  });
});

test("a gh that knows no token is none", async () => {
  for (const script of ["echo 'no oauth token found' >&2; exit 1", "exit 0"]) {
    await withProgram(script, async (PATH) => assert.equal(await tokenFrom({ PATH }), undefined));
  }
});
